package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.Identifier;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** A constraint that was added NOT VALID and never validated: it binds new rows, the old ones may break it. */
public final class ConstraintNotValidated implements Check {

    @Override
    public String id() {
        return "constraint-not-validated";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return catalog.constraints().stream()
                .filter(c -> !c.validated())
                .filter(c -> plan.scope().covers(c.table()) || plan.provides(c.table()))
                .map(this::finding);
    }

    private Finding finding(Constraint constraint) {
        boolean enforced = !constraint.definition().endsWith("NOT ENFORCED");
        String table = constraint.table().sql();
        Finding finding = new Finding(
                        id(),
                        Severity.WARNING,
                        "constraint " + constraint.table() + "." + constraint.name(),
                        enforced
                                ? "the constraint is NOT VALID: rows that were there before it may break it, and nobody has looked"
                                : "the constraint is NOT ENFORCED: it binds no row, old or new",
                        enforced
                                ? "validate it; where that fails, its error names a row to correct first"
                                : "make it ENFORCED, or drop it")
                .shownBy("SELECT conname, convalidated, pg_catalog.pg_get_constraintdef(oid) AS definition"
                        + " FROM pg_catalog.pg_constraint WHERE conrelid = " + Sql.literal(table)
                        + "::pg_catalog.regclass AND conname = " + Sql.literal(constraint.name()) + ";");
        return enforced
                ? finding.repairedBy(
                        "ALTER TABLE " + table + " VALIDATE CONSTRAINT " + Identifier.quote(constraint.name()) + ";")
                : finding;
    }
}
