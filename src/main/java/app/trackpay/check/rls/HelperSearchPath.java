package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** The identity helper looks its table up where the caller says, who can put another one in front. */
public final class HelperSearchPath implements Check {

    @Override
    public String id() {
        return "helper-search-path";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        return IdentityFunction.of(plan, catalog)
                .filter(helper -> SearchPath.isOpen(helper.routine()))
                .map(helper -> helper.from(SearchPath.finding(
                        id(),
                        Severity.ERROR,
                        "the identity helper has no search_path of its own: whoever puts a temporary table of the right name in front"
                                + " of the real one chooses who the helper says they are, and every policy believes it",
                        helper.routine(),
                        catalog)));
    }
}
