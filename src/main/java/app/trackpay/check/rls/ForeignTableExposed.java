package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Relation.Kind;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** A foreign table that the API roles may read: row level security does not exist for it. */
public final class ForeignTableExposed implements Check {

    @Override
    public String id() {
        return "foreign-table-exposed";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return catalog.relations().stream()
                .filter(t -> t.kind() == Kind.FOREIGN_TABLE && reach.answersFor(t.name()))
                .filter(t -> !reach.readers(t.name()).isEmpty())
                .filter(t -> !plan.assumed().publicRead().contains(t.name()))
                .map(t -> Unguarded.finding(
                        id(),
                        t,
                        "its rows come from another server with the rights of the mapped user, and row level security does not exist for"
                                + " foreign tables",
                        "take the privilege away; let the app read it through a function that looks at the caller",
                        reach));
    }
}
