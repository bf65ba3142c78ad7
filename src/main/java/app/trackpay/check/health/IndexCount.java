package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** The indexes on the tables of the scope are not exactly those of the plan. Indexes that only serve a constraint are not counted. */
public final class IndexCount implements Check {

    private static final String SHOWS =
            "SELECT schemaname, tablename, indexname, indexdef FROM pg_catalog.pg_indexes ORDER BY schemaname, tablename, indexname;";

    @Override
    public String id() {
        return "index-count";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return Counted.findings(id(), "indexes", SHOWS, plan, catalog);
    }
}
