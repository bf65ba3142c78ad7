package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** Policies that nobody asks, because the table's row level security is off. */
public final class PolicyWithoutRls implements Check {

    @Override
    public String id() {
        return "policy-without-rls";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return reach.tables()
                .filter(t -> !t.rowSecurity())
                .flatMap(t ->
                        finding(t, reach.policies(t.name()).map(Policy::name).toList()));
    }

    private Stream<Finding> finding(Relation table, List<String> policies) {
        if (policies.isEmpty()) {
            return Stream.empty();
        }
        return Stream.of(new Finding(
                        id(),
                        Severity.ERROR,
                        "table " + table.name(),
                        "the table has policies (" + String.join(", ", policies)
                                + ") and its row level security is off: none of them is asked, every count of policies is right and every"
                                + " row is open to whoever holds a privilege",
                        "turn row level security on")
                .repairedBy("ALTER TABLE " + table.name().sql() + " ENABLE ROW LEVEL SECURITY;")
                .shownBy("SELECT p.polname, c.relrowsecurity FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c"
                        + " ON c.oid = p.polrelid WHERE c.oid = " + Sql.regclass(table.name())
                        + " AND NOT c.relrowsecurity;"));
    }
}
