package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.Identifier;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.check.health.Contract.DeclaredColumn;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** A column has another type than the plan declares. */
public final class ColumnType implements Check {

    @Override
    public String id() {
        return "column-type";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Contract contract = new Contract(plan, catalog);
        return contract.columns()
                .flatMap(declared ->
                        contract
                                .table(declared.table())
                                .orElseThrow()
                                .column(declared.column().name())
                                .stream()
                                .flatMap(actual -> finding(declared, actual)));
    }

    private Stream<Finding> finding(DeclaredColumn declared, Column actual) {
        return declared.column().type().stream()
                .filter(type -> !SqlType.of(type).matches(SqlType.of(actual.type())))
                .map(type -> finding(declared, type, actual));
    }

    private Finding finding(DeclaredColumn declared, String type, Column actual) {
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "column " + declared.table() + "." + actual.name(),
                        "the column is " + actual.type() + ", the plan declares " + type
                                + ": values are rounded, refused or compared otherwise than the app expects",
                        "change it with ALTER TABLE " + declared.table().sql() + " ALTER COLUMN ... TYPE " + type
                                + " USING ..., or correct the declaration of step "
                                + declared.step().id())
                .from(declared.step())
                .repairedBy(repair(declared, type, actual))
                .shownBy("SELECT attname AS column, pg_catalog.format_type(atttypid, atttypmod) AS type, "
                        + Sql.literal(type) + " AS declared FROM pg_catalog.pg_attribute WHERE attrelid = "
                        + Sql.regclass(declared.table()) + " AND attname = " + Sql.literal(actual.name()) + ";");
    }

    /** A cast can lose digits: it is made only where every value survives the way there and back. */
    private static String repair(DeclaredColumn declared, String type, Column actual) {
        String table = declared.table().sql();
        String column = Identifier.quote(actual.name());
        String there = column + "::text::" + type;
        return "DO $$ BEGIN LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE; IF EXISTS (SELECT FROM " + table
                + " WHERE "
                + there + "::text::" + actual.type() + " IS DISTINCT FROM " + column + ") THEN RAISE EXCEPTION "
                + Sql.literal(("a value of " + column + " would change: nothing was done").replace("%", "%%"))
                + "; END IF; ALTER TABLE " + table
                + actual.defaultExpression()
                        .map(any -> " ALTER COLUMN " + column + " DROP DEFAULT,")
                        .orElse("")
                + " ALTER COLUMN " + column + " TYPE " + type + " USING " + there
                + actual.defaultExpression()
                        .map(value -> ", ALTER COLUMN " + column + " SET DEFAULT (" + value + ")::text::" + type)
                        .orElse("")
                + "; END $$;";
    }
}
