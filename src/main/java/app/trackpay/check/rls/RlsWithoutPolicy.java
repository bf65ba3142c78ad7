package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/**
 * Row level security without a single policy: nobody but the owner sees a row.
 *
 * <p>A partition is read through its root, whose policies count; without policies of its own nobody gets at it directly, which is right.
 */
public final class RlsWithoutPolicy implements Check {

    @Override
    public String id() {
        return "rls-without-policy";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return reach.tables()
                .filter(Relation::rowSecurity)
                .filter(t -> t.partitionBound().isEmpty())
                .filter(t -> reach.policies(t.name()).findAny().isEmpty())
                .map(t -> finding(
                        t,
                        plan.assumed().serverOnly().contains(t.name()),
                        !reach.reaching(t.name()).isEmpty()));
    }

    /**
     * @param reached whether an API role gets as far as row level security
     */
    private Finding finding(Relation table, boolean declared, boolean reached) {
        return new Finding(
                        id(),
                        declared ? Severity.INFO : Severity.WARNING,
                        "table " + table.name(),
                        declared
                                ? "row level security is on and there is no policy: no API role gets a row, as the plan declares it"
                                : "row level security is on and there is no policy"
                                        + (reached
                                                ? ": every query of the API answers with no rows and no error, every INSERT fails"
                                                : ", and no API role holds a privilege on the table: every query of the API ends"
                                                        + " in 42501, permission denied"),
                        declared
                                ? "nothing to do; a policy would open it"
                                : "make the policies " + (reached ? "" : "and grants ")
                                        + "that the table needs, or declare it in the plan (assume: { server-only: ["
                                        + table.name() + "] })")
                .shownBy("SELECT c.relname, c.relrowsecurity FROM pg_catalog.pg_class c WHERE c.oid = "
                        + Sql.regclass(table.name())
                        + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid);");
    }
}
