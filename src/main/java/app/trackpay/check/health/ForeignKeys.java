package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.Constraint.Reference;
import app.trackpay.catalog.DeleteRule;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Sql;
import app.trackpay.plan.Financial.Exemption;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedForeignKey;
import java.util.Optional;
import java.util.stream.Stream;

/** The foreign keys of a catalog, as the checks of references and delete rules look at them. */
record ForeignKeys(Plan plan, Catalog catalog) {

    Stream<Constraint> all() {
        return catalog.constraints().stream().filter(c -> c.type() == Constraint.Type.FOREIGN_KEY);
    }

    /** Those that are a declared reference, whatever their name. */
    Stream<Constraint> matching(ProvidedForeignKey declared) {
        return all().filter(c -> c.table().equals(declared.from().table()))
                .filter(c -> reference(c).table().equals(declared.to()))
                .filter(c -> c.columns().contains(declared.from().column()))
                .filter(c ->
                        declared.toColumn().isEmpty() || declared.toColumn().equals(target(c, declared.from())))
                .filter(ForeignKeys::isEnforced)
                .filter(c -> bindsEveryRow(c, declared.from().column()));
    }

    /** The foreign keys of financial tables that delete or rewrite rows along and are no declared exception. */
    Stream<Constraint> financialCascades() {
        return all().filter(c -> isFinancial(c.table()))
                .filter(c -> rule(c) == DeleteRule.CASCADE || rule(c) == DeleteRule.SET_DEFAULT)
                .filter(c -> exemption(c).isEmpty());
    }

    /** Whether a table's rows are money: declared so, or a partition of one that is. */
    boolean isFinancial(QualifiedName table) {
        return plan.financial().tables().contains(table)
                || parent(table).filter(this::isFinancial).isPresent();
    }

    Optional<Exemption> exemption(Constraint key) {
        return plan.financial().exceptions().stream()
                .filter(e -> key.table().equals(e.foreignKey().table())
                        && key.columns().contains(e.foreignKey().column()))
                .findFirst();
    }

    static Reference reference(Constraint key) {
        return key.reference().orElseThrow();
    }

    static DeleteRule rule(Constraint key) {
        return reference(key).onDelete();
    }

    /** How a person is told to bring a key to a delete rule. */
    String advice(Constraint key, DeleteRule rule, String otherwise) {
        return twin(key, rule)
                .map(twin -> "drop " + key.name() + ": " + twin.name()
                        + " beside it keeps the same reference ON DELETE " + rule)
                .orElse(otherwise);
    }

    /** The statement that does so. A key that another one makes superfluous goes; it would only be a second one of its kind. */
    String repair(Constraint key, DeleteRule rule) {
        return twin(key, rule).isPresent()
                ? "ALTER TABLE " + key.table().sql() + " DROP CONSTRAINT " + Identifier.quote(key.name()) + ";"
                : withRule(key, rule);
    }

    /** Another key that keeps the same reference with this rule. */
    private Optional<Constraint> twin(Constraint key, DeleteRule rule) {
        return all().filter(c -> !c.equals(key) && c.table().equals(key.table()))
                .filter(c -> c.columns().equals(key.columns()) && rule(c) == rule)
                .filter(c -> reference(c).table().equals(reference(key).table())
                        && reference(c).columns().equals(reference(key).columns()))
                .filter(ForeignKeys::isEnforced)
                .findFirst();
    }

    /** Drops a key and adds it again with another delete rule, in one statement: there is no moment without it. */
    private static String withRule(Constraint key, DeleteRule rule) {
        Reference reference = reference(key);
        String name = Identifier.quote(key.name());
        return "ALTER TABLE " + key.table().sql() + " DROP CONSTRAINT " + name + ", ADD CONSTRAINT " + name
                + " FOREIGN KEY (" + Sql.columns(key.columns()) + ") REFERENCES "
                + reference.table().sql() + " (" + Sql.columns(reference.columns()) + ")"
                + (key.definition().contains(" MATCH FULL") ? " MATCH FULL" : "")
                + (reference.onUpdate() == DeleteRule.NO_ACTION ? "" : " ON UPDATE " + reference.onUpdate())
                + " ON DELETE " + rule
                + (key.deferrable() ? " DEFERRABLE" : "")
                + (key.initiallyDeferred() ? " INITIALLY DEFERRED" : "")
                + (key.validated() ? "" : " NOT VALID") + ";";
    }

    /** A query for what a key does on delete, and how many rows it can do it to today; no row once it does something else. */
    static String shows(Constraint key) {
        return "SELECT conname AS key, confrelid::pg_catalog.regclass AS a_delete_in, "
                + Sql.literal("ON DELETE " + rule(key))
                + " AS does, conrelid::pg_catalog.regclass AS to_rows_of, (SELECT pg_catalog.count(*) FROM "
                + key.table().sql() + " WHERE (" + Sql.columns(key.columns())
                + ") IS NOT NULL) AS rows_that_point_there FROM pg_catalog.pg_constraint WHERE contype = 'f' AND conrelid = "
                + Sql.regclass(key.table()) + " AND conname = " + Sql.literal(key.name()) + " AND confdeltype = '"
                + code(rule(key)) + "';";
    }

    /** A delete rule as {@code pg_constraint} has it. */
    private static char code(DeleteRule rule) {
        return switch (rule) {
            case NO_ACTION -> 'a';
            case RESTRICT -> 'r';
            case CASCADE -> 'c';
            case SET_NULL -> 'n';
            case SET_DEFAULT -> 'd';
        };
    }

    private static boolean isEnforced(Constraint key) {
        return !key.definition().endsWith("NOT ENFORCED");
    }

    private static Optional<String> target(Constraint key, ColumnName from) {
        int place = key.columns().indexOf(from.column());
        return Optional.of(reference(key).columns().get(place));
    }

    /** A key of several columns says nothing about a row that has NULL in one of the others, unless it is MATCH FULL. */
    private boolean bindsEveryRow(Constraint key, String column) {
        return key.definition().contains(" MATCH FULL")
                || key.columns().stream()
                        .filter(other -> !other.equals(column))
                        .allMatch(other -> catalog.relation(key.table())
                                .flatMap(table -> table.column(other))
                                .filter(Column::notNull)
                                .isPresent());
    }

    private Optional<QualifiedName> parent(QualifiedName table) {
        return catalog.relation(table).flatMap(Relation::partitionOf);
    }
}
