package app.trackpay.probe;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Access;
import app.trackpay.plan.Access.Rows;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be tried where nothing is declared: two fresh users with a row each in every table that cannot do without a user, and a visitor.
 * Nobody is to reach a row of somebody else. Which rows a user must reach is unknown, and so is what is public: reading is a warning.
 */
final class Isolation {

    private static final List<Persona> PEOPLE = List.of(
            person("a user", "5eed0000-0000-4000-8000-000000000001"),
            person("another user", "5eed0000-0000-4000-8000-000000000002"),
            new Persona("a visitor", "anon", Optional.empty(), Map.of()));

    private final Catalog catalog;
    private final Ids ids;
    private final List<Relation> tables;

    Isolation(Plan plan, Catalog catalog) {
        this.catalog = catalog;
        this.ids = new Ids(catalog, plan.identity());
        this.tables =
                Tasks.tables(plan, catalog).stream().filter(Relation::isTable).toList();
    }

    private static Persona person(String name, String login) {
        return new Persona(name, "authenticated", Optional.of(UUID.fromString(login)), Map.of());
    }

    /** The plan that follows from foreign keys: a row is for the user it cannot do without. */
    Plan plan(Plan plan) {
        List<Access> access = tables.stream()
                .flatMap(table -> owner(table).stream()
                        .flatMap(column -> PEOPLE.stream()
                                .filter(p -> p.subject().isPresent())
                                .flatMap(p -> Stream.of(Command.SELECT, Command.INSERT, Command.UPDATE, Command.DELETE)
                                        .map(command -> new Access(
                                                table.name(),
                                                p.name(),
                                                command,
                                                new Rows.Where(Identifier.quote(column.name()) + " = :auth"))))))
                .toList();
        return new Plan(
                plan.directory(),
                plan.file(),
                plan.scope(),
                plan.steps(),
                plan.financial(),
                plan.identity(),
                PEOPLE,
                access,
                plan.assumed(),
                List.of(),
                List.of(),
                plan.suppressions(),
                Optional.empty());
    }

    /** Rows for the two users. What cannot be made is left out: the table stays empty, and that is told. */
    Fixtures fixtures() {
        List<String> statements = new ArrayList<>();
        List<String> logins = PEOPLE.stream()
                .flatMap(p -> p.subject().stream())
                .map(UUID::toString)
                .toList();
        logins.forEach(
                login -> statements.add("INSERT INTO auth.users (id, aud, role, email) VALUES (" + Sql.literal(login)
                        + ", 'authenticated', 'authenticated', " + Sql.literal(login + "@trackpay.example") + ")"));
        // as often as one table may wait for another
        for (int round = 0; round < 3; round++) {
            for (String login : logins) {
                tables.forEach(table -> owner(table)
                        .flatMap(column -> row(table, column, login))
                        .ifPresent(statements::add));
            }
        }
        return new Fixtures(
                "rows of two fresh users",
                statements.stream()
                        .map(sql -> "DO $try$ BEGIN " + sql + "; EXCEPTION WHEN OTHERS THEN NULL; END $try$;")
                        .collect(Collectors.joining("\n")));
    }

    /** The column that says whose a row is. */
    private Optional<Column> owner(Relation table) {
        return table.columns().stream()
                .filter(c -> c.notNull() && c.type().equals("uuid"))
                .filter(c -> ids.of(new ColumnName(table.name(), c.name())).equals(Optional.of(Ids.Kind.AUTH)))
                .findFirst();
    }

    private Optional<String> row(Relation table, Column owner, String login) {
        List<Column> needed = table.columns().stream()
                .filter(c -> c.equals(owner)
                        || c.notNull()
                                && c.defaultExpression().isEmpty()
                                && c.identity().isEmpty()
                                && c.generated().isEmpty())
                .toList();
        List<Optional<String>> values = needed.stream()
                .map(c -> c.equals(owner) ? Optional.of(Sql.literal(login)) : value(table.name(), c, login))
                .toList();
        if (values.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        String column = Identifier.quote(owner.name());
        return Optional.of("IF NOT EXISTS (SELECT FROM " + table.name().sql() + " WHERE " + column + " = "
                + Sql.literal(login) + ") THEN INSERT INTO " + table.name().sql() + " ("
                + Sql.columns(needed.stream().map(Column::name).toList()) + ") VALUES ("
                + values.stream().flatMap(Optional::stream).collect(Collectors.joining(", ")) + "); END IF");
    }

    private Optional<String> value(QualifiedName table, Column column, String login) {
        ColumnName name = new ColumnName(table, column.name());
        if (ids.of(name).equals(Optional.of(Ids.Kind.AUTH))) {
            return Optional.of(Sql.literal(login));
        }
        Optional<String> referenced = ids.referenced(name)
                .map(far -> "(SELECT far." + Identifier.quote(far.column()) + " FROM "
                        + far.table().sql() + " AS far" + ofUser(far.table(), login) + " LIMIT 1)");
        return referenced.or(() -> simple(column.type()));
    }

    private String ofUser(QualifiedName table, String login) {
        return catalog.relation(table)
                .flatMap(this::owner)
                .map(c -> " WHERE far." + Identifier.quote(c.name()) + " = " + Sql.literal(login))
                .orElse("");
    }

    private static Optional<String> simple(String type) {
        String plain = type.replaceAll("\\(.*\\)", "");
        if (plain.endsWith("[]")) {
            return Optional.of("'{}'");
        }
        return switch (plain) {
            case "text", "character varying", "character", "citext" -> Optional.of("'a'");
            case "uuid" -> Optional.of("pg_catalog.gen_random_uuid()");
            case "smallint", "integer", "bigint", "numeric", "real", "double precision" -> Optional.of("1");
            case "boolean" -> Optional.of("false");
            case "json", "jsonb" -> Optional.of("'{}'");
            case "timestamp with time zone", "timestamp without time zone", "date" -> Optional.of("pg_catalog.now()");
            default -> Optional.empty();
        };
    }

    /** What is sure to be wrong: too much of another's rows, and statements that do not work. */
    List<Cell> surelyWrong(List<Cell> cells) {
        List<QualifiedName> owned = tables.stream()
                .filter(t -> owner(t).isPresent())
                .map(Relation::name)
                .toList();
        return cells.stream()
                .filter(c -> owned.contains(c.table()) || c.broken().isPresent())
                .map(c -> new Cell(
                        c.table(),
                        c.persona(),
                        c.command(),
                        c.declared(),
                        c.total(),
                        c.meant().stream().filter(c.got()::contains).toList(),
                        c.got(),
                        Optional.empty(),
                        // nobody said that there is anything to be read
                        c.broken().filter(error -> !error.startsWith("42501"))))
                .toList();
    }

    /** Reading may be meant: somebody has to say so. */
    static Finding judged(Finding finding) {
        return finding.check().equals("rows-leaked")
                ? finding.as(Severity.WARNING)
                        .unrepaired()
                        .advising(
                                "if the rows are public, nothing is wrong; a trackpay.yaml with \"personas\" and \"access\" says so")
                : finding;
    }

    /** For people: tables whose rows belong to nobody in particular. */
    Stream<String> notes() {
        List<String> without = tables.stream()
                .filter(t -> owner(t).isEmpty())
                .map(t -> t.name().toString())
                .toList();
        return without.isEmpty()
                ? Stream.empty()
                : Stream.of("whose the rows are no foreign key to auth.users says for " + String.join(", ", without)
                        + ": only that they can be queried was proved");
    }
}
