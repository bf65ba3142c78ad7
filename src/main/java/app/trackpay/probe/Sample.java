package app.trackpay.probe;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    /** Personas that need no user: visitors, and tokens that name nobody. */
    static Stream<Persona> withoutLogin(Plan plan) {
        return plan.personas().stream().filter(p -> p.subject().isEmpty() && p.claims().isEmpty());
    }

    /** The roles of the personas that do. */
    static Stream<String> roles(Plan plan) {
        return plan.personas().stream()
                .filter(p -> p.subject().isPresent() && p.claims().isEmpty())
                .map(Persona::role)
                .distinct();
    }

    static Persona user(String role, UUID login) {
        return new Persona("user " + login, role, Optional.of(login), Map.of());
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
