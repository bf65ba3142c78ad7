package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** The tables of the scope are not exactly those of the plan. */
public final class TableCount implements Check {

    private static final String SHOWS =
            "SELECT schemaname, tablename FROM pg_catalog.pg_tables ORDER BY schemaname, tablename;";

    @Override
    public String id() {
        return "table-count";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return Counted.findings(id(), "tables", SHOWS, plan, catalog);
    }
}
