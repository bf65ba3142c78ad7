package app.trackpay.probe;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Real users who stand in for the plan's personas on a database that has no fixtures. */
final class Sample {

    private Sample() {}

    /** The personas whom a real user may be: of the same role, and told apart by nothing in their token. */
    static Stream<Persona> modelsOf(Plan plan, Persona user) {
        return plan.personas().stream()
                .filter(p -> p.role().equals(user.role())
                        && p.claims().isEmpty()
                        && p.subject().isPresent() == user.subject().isPresent());
    }

    /**
     * Who is asked: real users, and personas without a login.
     *
     * @throws CouldNotRunException when the users cannot be read
     */
    static List<Persona> people(Connection connection, Plan plan, Catalog catalog, int users)
            throws CouldNotRunException {
        List<Persona> people = new ArrayList<>();
        Optional<String> query = newest(plan, catalog, users);
        List<String> roles = plan.personas().stream()
                .filter(p -> p.subject().isPresent() && p.claims().isEmpty())
                .map(Persona::role)
                .distinct()
                .toList();
        if (query.isPresent() && !roles.isEmpty()) {
            for (UUID login : logins(connection, query.orElseThrow())) {
                roles.forEach(role -> people.add(new Persona(
                        roles.size() == 1 ? login.toString() : login + " as " + role,
                        role,
                        Optional.of(login),
                        Map.of())));
            }
        }
        plan.personas().stream()
                .filter(p -> p.subject().isEmpty() && p.claims().isEmpty())
                .forEach(people::add);
        return List.copyOf(people);
    }

    /** For people: whom nobody stood in for. */
    static Stream<String> notes(Plan plan, List<Persona> people) {
        String logins = plan.personas().stream()
                .filter(p -> p.subject().isPresent() && p.claims().isEmpty())
                .map(Persona::name)
                .collect(Collectors.joining(", "));
        Stream<String> alone = people.stream().anyMatch(p -> p.subject().isPresent()) || logins.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        "the database has no user yet, so only visitors were tried: what " + logins
                                + " may reach was not proved here; a rehearsal, the same goal without a URL, proves it on the fixtures");
        return Stream.concat(
                alone,
                plan.personas().stream()
                        .filter(p -> !p.claims().isEmpty())
                        .map(p -> "nobody stood in for " + p.name()
                                + ": its token has claims, and which user has them only the token tells"));
    }

    private static List<UUID> logins(Connection connection, String query) throws CouldNotRunException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<UUID> logins = new ArrayList<>();
            while (rows.next()) {
                logins.add(UUID.fromString(rows.getString(1)));
            }
            return logins;
        } catch (SQLException e) {
            throw new CouldNotRunException(
                    "The users of the database could not be read: " + e.getMessage()
                            + ". Connect as a role that may read the columns of \"identity\".",
                    e);
        }
    }

    /** The logins of the newest users, where the declaration says they are; empty where it does not say it. */
    static Optional<String> newest(Plan plan, Catalog catalog, int users) {
        return new Ids(catalog, plan.identity())
                .register()
                .map(Ids.Register::auth)
                .or(() -> plan.identity().auth().stream()
                        .filter(c -> !c.table().schema().equals("auth"))
                        .findFirst())
                .or(() -> Optional.of(new ColumnName(new QualifiedName("auth", "users"), "id")))
                .filter(c -> c.table().schema().equals("auth")
                        || catalog.relation(c.table()).isPresent())
                .map(c -> "SELECT " + column(c) + "::text FROM " + c.table().sql() + " WHERE " + column(c)
                        + " IS NOT NULL ORDER BY " + newestFirst(catalog, c) + " LIMIT " + users);
    }

    private static String column(ColumnName name) {
        return Identifier.quote(name.column());
    }

    private static String newestFirst(Catalog catalog, ColumnName login) {
        boolean dated = catalog.relation(login.table())
                .flatMap((Relation r) -> r.column("created_at"))
                .isPresent();
        return dated || login.table().schema().equals("auth") ? "created_at DESC" : column(login);
    }
}
