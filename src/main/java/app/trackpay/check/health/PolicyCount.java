package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** The policies on the tables of the scope are not exactly those of the plan; one too many opens rows that no step means to open. */
public final class PolicyCount implements Check {

    private static final String SHOWS =
            "SELECT schemaname, tablename, policyname, cmd, roles FROM pg_catalog.pg_policies ORDER BY schemaname, tablename, policyname;";

    @Override
    public String id() {
        return "policy-count";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return Counted.findings(id(), "policies", SHOWS, plan, catalog);
    }
}
