package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.check.health.Contract.DeclaredColumn;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** A column of the plan's audit is not there. */
public final class MissingColumn implements Check {

    @Override
    public String id() {
        return "missing-column";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Contract contract = new Contract(plan, catalog);
        return contract.columns()
                .filter(c -> table(contract, c).column(c.column().name()).isEmpty())
                .map(c -> finding(c, table(contract, c)));
    }

    private static Relation table(Contract contract, DeclaredColumn column) {
        return contract.table(column.table()).orElseThrow();
    }

    private Finding finding(DeclaredColumn column, Relation table) {
        String name = column.column().name();
        String near = table.columns().stream()
                .map(Column::name)
                .filter(n -> n.equalsIgnoreCase(name))
                .findFirst()
                .map(n -> " (there is " + Identifier.quote(n) + ", made in quotes)")
                .orElse("");
        Finding finding = Missing.of(
                        id(),
                        "column " + column.table() + "." + name,
                        column.step(),
                        "the table has no column " + name + near
                                + ": the app's queries and functions that name it fail with"
                                + " \"column does not exist\"; a schema export that left it out is the usual cause")
                .shownBy("SELECT " + Sql.literal(name)
                        + " AS missing, pg_catalog.string_agg(attname, ', ' ORDER BY attnum) AS there FROM pg_catalog.pg_attribute"
                        + " WHERE attrelid = " + Sql.regclass(column.table())
                        + " AND attnum > 0 AND NOT attisdropped HAVING NOT pg_catalog.bool_or(attname = "
                        + Sql.literal(name) + ");");
        return column.column()
                .type()
                .map(type -> finding.repairedBy("ALTER TABLE " + column.table().sql() + " ADD COLUMN "
                        + Identifier.quote(name) + " " + type + ";"))
                .orElse(finding);
    }
}
