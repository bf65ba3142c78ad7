package app.trackpay.probe;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.UserType;
import app.trackpay.check.Sql;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A row of a user: whatever a table cannot do without, with values no other user has. */
final class FreshRow {

    private final Catalog catalog;
    private final Owners owners;

    FreshRow(Catalog catalog, Owners owners) {
        this.catalog = catalog;
        this.owners = owners;
    }

    /**
     * Makes the row, where the user has none yet; empty where the type of a column is one nobody can think up a value for.
     *
     * @param number tells the user from the others
     */
    Optional<String> insert(Relation table, String login, int number) {
        List<Column> own = owners.of(table);
        List<Column> needed = table.columns().stream()
                .filter(c -> own.contains(c)
                        || c.notNull()
                                && c.defaultExpression().isEmpty()
                                && c.identity().isEmpty()
                                && c.generated().isEmpty())
                .toList();
        List<Optional<String>> values = needed.stream()
                .map(c -> own.contains(c) ? Optional.of(Sql.literal(login)) : value(table.name(), c, login, number))
                .toList();
        if (values.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of("IF NOT EXISTS (SELECT FROM " + table.name().sql() + " WHERE " + ofUser(own, "", login)
                + ") THEN INSERT INTO " + table.name().sql() + " ("
                + Sql.columns(needed.stream().map(Column::name).toList()) + ") VALUES ("
                + values.stream().flatMap(Optional::stream).collect(Collectors.joining(", ")) + "); END IF");
    }

    private static String ofUser(List<Column> own, String prefix, String login) {
        return own.stream()
                .map(c -> prefix + Identifier.quote(c.name()) + " = " + Sql.literal(login))
                .collect(Collectors.joining(" OR "));
    }

    private Optional<String> value(QualifiedName table, Column column, String login, int number) {
        if (owners.isLogin(table, column)) {
            return Optional.of(Sql.literal(login));
        }
        return owners.referenced(table, column)
                .map(far -> referenced(far, login))
                .or(() -> simple(column.type(), number));
    }

    private String referenced(ColumnName far, String login) {
        String own = catalog.relation(far.table())
                .map(owners::of)
                .filter(columns -> !columns.isEmpty())
                .map(columns -> " WHERE " + ofUser(columns, "far.", login))
                .orElse("");
        return "(SELECT far." + Identifier.quote(far.column()) + " FROM "
                + far.table().sql() + " AS far" + own + " LIMIT 1)";
    }

    private Optional<String> simple(String type, int number) {
        String plain = type.replaceAll("\\(.*?\\)", "");
        if (plain.endsWith("[]")) {
            return Optional.of("'{}'");
        }
        if (plain.endsWith("range")) {
            return Optional.of("'empty'");
        }
        return switch (plain) {
            case "text", "citext", "name" -> Optional.of(text(number));
            case "character varying", "character" -> Optional.of(plain.equals(type) ? text(number) : cut(type, number));
            case "uuid" -> Optional.of("pg_catalog.gen_random_uuid()");
            case "smallint", "integer", "bigint", "numeric", "real", "double precision" ->
                Optional.of(Integer.toString(number));
            case "boolean" -> Optional.of("false");
            case "json", "jsonb" -> Optional.of("'{}'");
            case "bytea" -> Optional.of("'\\x0" + number + "'");
            case "interval" -> Optional.of("'" + number + " day'");
            case "inet", "cidr" -> Optional.of("'192.0.2." + number + "'");
            case "time without time zone", "time with time zone" -> Optional.of("'0" + number + ":00'");
            case "timestamp with time zone", "timestamp without time zone", "date" ->
                Optional.of("pg_catalog.now() - interval '" + number + " day'");
            default -> made(type, number);
        };
    }

    private static String text(int number) {
        return Sql.literal("user" + number);
    }

    /** The end of the text, which tells the users apart, in as many characters as fit. */
    private static String cut(String type, int number) {
        String most = type.replaceAll("\\D", "");
        return "pg_catalog.right(" + text(number) + ", " + most + ")";
    }

    /** The first label of an enum, or a value of what a domain is made of. */
    private Optional<String> made(String type, int number) {
        Optional<UserType> made = catalog.types().stream()
                .filter(t -> t.name().sql().equals(type)
                        || Identifier.quote(t.name().name()).equals(type))
                .filter(t -> !t.members().isEmpty())
                .findFirst();
        return made.flatMap(t -> switch (t.kind()) {
            case "enum" -> Optional.of(Sql.literal(t.members().get(0)));
            case "domain" -> simple(t.members().get(0), number);
            default -> Optional.empty();
        });
    }
}
