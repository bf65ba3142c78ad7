package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** The identity helper looks into a table with its caller's rights, so the policies there that call it never come to an end. */
public final class HelperNotDefiner implements Check {

    @Override
    public String id() {
        return "helper-not-definer";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return IdentityFunction.of(plan, catalog)
                .filter(helper -> !helper.routine().securityDefiner())
                .filter(helper -> !helper.guardedTables().isEmpty())
                .map(this::finding);
    }

    private Finding finding(IdentityFunction helper) {
        List<String> tables = helper.guardedTables().stream()
                .map(Relation::name)
                .map(Object::toString)
                .toList();
        return helper.from(new Finding(
                        id(),
                        Severity.ERROR,
                        helper.object(),
                        "the identity helper is SECURITY INVOKER and reads " + String.join(", ", tables)
                                + " through the policies there, which call it again: queries end in 54001, stack depth limit exceeded,"
                                + " or the helper finds nobody",
                        "make it SECURITY DEFINER")
                .repairedBy("ALTER FUNCTION " + helper.call() + " SECURITY DEFINER;")
                .shownBy("SELECT oid::pg_catalog.regprocedure AS function, 'its caller' AS runs_as, "
                        + Sql.literal(String.join(", ", tables))
                        + " AS reads_through_policies FROM pg_catalog.pg_proc WHERE oid = "
                        + Sql.literal(helper.call()) + "::pg_catalog.regprocedure AND NOT prosecdef;"));
    }
}
