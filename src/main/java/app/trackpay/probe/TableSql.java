package app.trackpay.probe;

import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Sql;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The statements that are tried on one table as one role. Parameters: 1 the persona's own id, 2 its login, 3 the row's key, 4 a row as
 * JSON, 5 what was there before, 6 what the persona got.
 */
final class TableSql {

    private final Relation relation;
    private final String role;
    private final Privileges privileges;
    private final Ids ids;

    TableSql(Relation relation, String role, Privileges privileges, Ids ids) {
        this.relation = relation;
        this.role = role;
        this.privileges = privileges;
        this.ids = ids;
    }

    QualifiedName name() {
        return relation.name();
    }

    /** What a row is called: its primary key, or the place where it stands. */
    String key() {
        List<String> primary = ids.primaryKey(name());
        if (!relation.isTable()) {
            return Identifier.quote(name().name()) + "::text";
        }
        return switch (primary.size()) {
            case 0 -> "ROW(tableoid, ctid)::text";
            case 1 -> Identifier.quote(primary.get(0)) + "::text";
            default ->
                "pg_catalog.concat_ws(' ', "
                        + primary.stream().map(Identifier::quote).collect(Collectors.joining(", ")) + ")";
        };
    }

    String count() {
        return "SELECT pg_catalog.count(*) FROM " + sql();
    }

    /** The keys of the rows a condition selects, in order, as a JSON array. */
    String keys(Predicate predicate) {
        return "SELECT coalesce(pg_catalog.jsonb_agg(" + key() + " ORDER BY " + key() + "), '[]') FROM " + sql()
                + " WHERE " + predicate.sql();
    }

    String seen() {
        return "SELECT coalesce(pg_catalog.jsonb_agg(" + key() + " ORDER BY " + key() + "), '[]') FROM " + sql();
    }

    /** Every row with its key. */
    String rows() {
        return "SELECT " + key() + ", pg_catalog.to_jsonb(" + row() + ") FROM " + sql() + " ORDER BY 1";
    }

    /** Some rows that a condition selects and some that it does not. */
    String rows(Predicate predicate, int limit) {
        String row =
                "SELECT " + key() + ", pg_catalog.to_jsonb(" + row() + ") FROM " + sql() + " WHERE " + predicate.sql();
        return "(" + row + " LIMIT " + limit + ") UNION ALL (" + row + " IS NOT TRUE LIMIT " + limit + ")";
    }

    /** Whether a condition holds for a row that is in the table. */
    String verdict(Predicate predicate) {
        return "SELECT coalesce(" + predicate.sql() + ", false), false FROM " + sql() + where();
    }

    String update() {
        String column = Identifier.quote(harmless());
        return "UPDATE " + sql() + " SET " + column + " = " + column + where();
    }

    /** For people: every row the role reaches, with a column set to itself. */
    String updateItself() {
        String column = Identifier.quote(harmless());
        return "UPDATE " + sql() + " SET " + column + " = " + column;
    }

    /** With no condition no row has to be readable: then the policies for SELECT are not asked. */
    String updateAll() {
        return "UPDATE " + sql() + " SET " + set(harmless());
    }

    String update(String column) {
        return "UPDATE " + sql() + " SET " + set(column) + where();
    }

    String delete() {
        return "DELETE FROM " + sql() + where();
    }

    String deleteAll() {
        return "DELETE FROM " + sql();
    }

    /** Where every row stands; an update moves it. */
    String places() {
        return "SELECT coalesce(pg_catalog.jsonb_object_agg(" + key() + ", ROW(tableoid, ctid)::text), '{}') FROM "
                + sql();
    }

    /** The keys of the rows that stand no longer where they stood. */
    String moved() {
        return "SELECT coalesce(pg_catalog.jsonb_agg(was.key ORDER BY was.key), '[]') FROM pg_catalog.jsonb_each_text($5) AS was"
                + " LEFT JOIN (SELECT " + key() + " AS key, ROW(tableoid, ctid)::text AS value FROM " + sql()
                + ") AS now ON now.key = was.key WHERE now.value IS DISTINCT FROM was.value";
    }

    /** Where all rows are. */
    String allPlaces() {
        return "SELECT pg_catalog.jsonb_agg(ROW(tableoid, ctid)::text) FROM " + sql();
    }

    /** Whether every row that has come since is one that a condition allows. */
    String allowed(Predicate predicate) {
        return "SELECT pg_catalog.to_jsonb(NOT EXISTS (SELECT FROM " + sql() + " WHERE NOT coalesce(" + predicate.sql()
                + ", false) AND NOT coalesce($5, '[]') ? ROW(tableoid, ctid)::text))";
    }

    String firstRow() {
        return "SELECT 'every row', pg_catalog.to_jsonb(" + row() + ") FROM " + sql() + " ORDER BY " + key()
                + " LIMIT 1";
    }

    String insert(String row, boolean returning) {
        String columns = Sql.columns(insertable());
        return "INSERT INTO " + sql() + " (" + columns + ") SELECT " + columns + " FROM " + candidate(row)
                + (returning ? " RETURNING " + returned() : "");
    }

    private String returned() {
        List<String> primary = ids.primaryKey(name());
        return primary.isEmpty() ? "1" : Sql.columns(primary);
    }

    /** A copy of a row as it would come in: new keys, and the table's own values where the role may not choose them. */
    String fresh(String row) {
        List<String> insertable = insertable();
        boolean refused = refused("INSERT");
        String changes = relation.columns().stream()
                .filter(c -> c.generated().isEmpty())
                .flatMap(c -> insertable.contains(c.name()) || refused
                        ? freshKey(c, row).stream()
                        : Optional.of(
                                c.identity().isPresent()
                                        ? "NULL"
                                        : c.defaultExpression().orElse("NULL"))
                                .map(value -> Sql.literal(c.name()) + ", (" + value + ")")
                                .stream())
                .collect(Collectors.joining(", "));
        return "SELECT " + row + " || pg_catalog.jsonb_build_object(" + changes + ")";
    }

    private Optional<String> freshKey(Column column, String row) {
        ColumnName name = new ColumnName(name(), column.name());
        if (!ids.uniqueColumns(name()).contains(column.name())
                || ids.referenced(name).isPresent()
                || (ids.of(name).isPresent() && !ids.primaryKey(name()).contains(column.name()))) {
            return Optional.empty();
        }
        return switch (column.type()) {
            case "uuid" -> Optional.of(Sql.literal(column.name()) + ", pg_catalog.gen_random_uuid()");
            case "text" ->
                Optional.of(Sql.literal(column.name()) + ", (" + row + " ->> " + Sql.literal(column.name())
                        + ") || pg_catalog.gen_random_uuid()");
            default -> Optional.empty();
        };
    }

    /** Whether two conditions hold for a row that is not in the table yet. */
    String verdict(Predicate first, Predicate second) {
        return "SELECT coalesce(" + first.sql() + ", false), coalesce(" + second.sql() + ", false) FROM "
                + candidate("$4");
    }

    private String candidate(String row) {
        return "pg_catalog.jsonb_populate_record(NULL::" + sql() + ", " + row + ") AS " + row();
    }

    /** For people, as the owner: remembers a copy of the first row for {@link #insertCopy()}. */
    String copy() {
        return "SELECT pg_catalog.set_config('trackpay.row', (" + fresh("first.value") + ")::text, true) FROM ("
                + firstRow() + ") AS first (name, value)";
    }

    /** For people, as the role. */
    String insertCopy() {
        return insert("pg_catalog.current_setting('trackpay.row')::jsonb", !refused("SELECT"));
    }

    /** Columns of the table that name a person and that the role may set with a command. */
    List<Column> ids(String privilege) {
        return relation.columns().stream()
                .filter(c -> ids.of(new ColumnName(name(), c.name())).isPresent())
                .filter(c -> may(c, privilege))
                .toList();
    }

    /** Rows a condition selects, each with another person's id that the table or its register knows, one a row. */
    String givenAway(Predicate predicate, String column) {
        String c = Identifier.quote(column);
        return "SELECT " + key() + ", pg_catalog.to_jsonb(" + row() + ") || pg_catalog.jsonb_build_object("
                + Sql.literal(column)
                + ", (SELECT other." + c + " FROM " + sql() + " AS other WHERE other." + c + " <> " + row() + "." + c
                + " ORDER BY 1 LIMIT 1)) FROM " + sql() + " WHERE " + predicate.sql() + " ORDER BY 1";
    }

    /** Rows a condition selects, with values that a protected column could be given. */
    String otherValues(Predicate predicate, String column) {
        String c = Identifier.quote(column);
        String values = "SELECT pg_catalog.to_jsonb(other." + c + ") FROM (SELECT DISTINCT o." + c + " FROM " + sql()
                + " AS o ORDER BY 1 LIMIT 4) AS other UNION SELECT 'null'::jsonb" + unused(column);
        return "SELECT its.key, its.value || pg_catalog.jsonb_build_object(" + Sql.literal(column)
                + ", given.value) FROM (SELECT " + key() + " AS key, pg_catalog.to_jsonb(" + row() + ") AS value FROM "
                + sql()
                + " WHERE " + predicate.sql() + " ORDER BY 1 LIMIT 2) AS its CROSS JOIN (" + values
                + ") AS given (value) WHERE its.value -> " + Sql.literal(column)
                + " IS DISTINCT FROM given.value ORDER BY 1, given.value::text";
    }

    private String unused(String column) {
        return ids.referenced(new ColumnName(name(), column))
                .map(far -> " UNION (SELECT pg_catalog.to_jsonb(far." + Identifier.quote(far.column()) + ") FROM "
                        + far.table().sql() + " AS far WHERE NOT EXISTS (SELECT FROM " + sql() + " AS near WHERE near."
                        + Identifier.quote(column) + " = far." + Identifier.quote(far.column())
                        + ") ORDER BY 1 LIMIT 1)")
                .orElse(
                        ids.uniqueColumns(name()).contains(column) && isUuid(column)
                                ? " UNION SELECT pg_catalog.to_jsonb(pg_catalog.gen_random_uuid())"
                                : "");
    }

    private boolean isUuid(String column) {
        return relation.column(column).filter(c -> c.type().equals("uuid")).isPresent();
    }

    /** What stands in a column now. */
    String value(String column) {
        return "SELECT pg_catalog.to_jsonb(" + Identifier.quote(column) + ") FROM " + sql() + where();
    }

    /** Whether it changed: a trigger may have put it back. */
    String changed(String column) {
        return "SELECT pg_catalog.to_jsonb(NOT EXISTS (SELECT FROM " + sql() + where() + " AND pg_catalog.to_jsonb("
                + Identifier.quote(column) + ") IS NOT DISTINCT FROM $5))";
    }

    /** Of the first rows that a persona sees, those a condition does not select. */
    String beyond(Predicate predicate) {
        return "SELECT coalesce(pg_catalog.jsonb_agg(" + key() + " ORDER BY " + key() + "), '[]') FROM " + sql()
                + " WHERE " + anyOf("$6") + " AND " + predicate.sql() + " IS NOT TRUE";
    }

    String seen(int limit) {
        return "SELECT coalesce(pg_catalog.jsonb_agg(part.key), '[]') FROM (SELECT " + key() + " AS key FROM " + sql()
                + " LIMIT " + limit + ") AS part";
    }

    String keys(Predicate predicate, int limit) {
        return "SELECT coalesce(pg_catalog.jsonb_agg(part.key), '[]') FROM (SELECT " + key() + " AS key FROM " + sql()
                + " WHERE " + predicate.sql() + " LIMIT " + limit + ") AS part";
    }

    /** Of the rows that were there before, those that the persona does not see. */
    String unseen() {
        return "SELECT coalesce(pg_catalog.jsonb_agg(meant.key), '[]') FROM pg_catalog.jsonb_array_elements_text($5) AS meant (key)"
                + " WHERE meant.key NOT IN (SELECT " + key() + " FROM " + sql() + " WHERE " + anyOf("$5") + ")";
    }

    /** As the index of the primary key understands it. */
    private String anyOf(String parameter) {
        List<String> primary = ids.primaryKey(name());
        String keys = "ARRAY(SELECT pg_catalog.jsonb_array_elements_text(" + parameter + "))";
        return primary.size() == 1
                ? Identifier.quote(primary.get(0)) + " = ANY (" + keys + "::"
                        + relation.column(primary.get(0)).orElseThrow().type() + "[])"
                : key() + " = ANY (" + keys + ")";
    }

    /** Whether the role lacks a privilege on the whole table and on every column. */
    boolean refused(String privilege) {
        return !privileges.onAnyColumn(role, name(), privilege);
    }

    private String sql() {
        return name().sql();
    }

    private String row() {
        return Identifier.quote(name().name());
    }

    private String where() {
        return " WHERE " + key() + " = $3";
    }

    private String set(String column) {
        return Identifier.quote(column) + " = (pg_catalog.jsonb_populate_record(NULL::" + sql() + ", $4))."
                + Identifier.quote(column);
    }

    private boolean may(Column column, String privilege) {
        return privileges.onColumn(role, new ColumnName(name(), column.name()), privilege);
    }

    private static boolean writable(Column column) {
        return column.generated().isEmpty() && !column.identity().equals(Optional.of("ALWAYS"));
    }

    private List<String> insertable() {
        List<String> granted = relation.columns().stream()
                .filter(c -> writable(c) && may(c, "INSERT"))
                .map(Column::name)
                .toList();
        return granted.isEmpty()
                ? relation.columns().stream()
                        .filter(TableSql::writable)
                        .map(Column::name)
                        .toList()
                : granted;
    }

    /** A column to set to itself: one that the role may set and read, and that means little. */
    private String harmless() {
        Set<String> unique = ids.uniqueColumns(name());
        return relation.columns().stream()
                .filter(TableSql::writable)
                .min(Comparator.comparing((Column c) -> !may(c, "UPDATE"))
                        .thenComparing(c -> !may(c, "SELECT"))
                        .thenComparing(c -> unique.contains(c.name()))
                        .thenComparing(
                                c -> ids.of(new ColumnName(name(), c.name())).isPresent()))
                .map(Column::name)
                .orElseThrow();
    }
}
