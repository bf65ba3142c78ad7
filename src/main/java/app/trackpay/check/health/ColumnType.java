package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
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

    /** No repair is proposed: a cast can lose digits, and only the team knows what the values are to become. */
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
                .shownBy(
                        "SELECT attname, pg_catalog.format_type(atttypid, atttypmod) AS type FROM pg_catalog.pg_attribute"
                                + " WHERE attrelid = "
                                + Sql.literal(declared.table().sql()) + "::regclass AND attname = "
                                + Sql.literal(actual.name()) + ";");
    }
}
