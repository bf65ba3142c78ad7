package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Routine;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.health.Signatures;
import app.trackpay.plan.Plan;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A function whose names are looked up where its caller says.
 *
 * <p>The helper has a check of its own. A body that was parsed when the function was made keeps its names.
 */
public final class FunctionSearchPath implements Check {

    private static final Set<String> KINDS = Set.of("function", "procedure");

    @Override
    public String id() {
        return "function-search-path";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Optional<Routine> helper = plan.identity().helper().flatMap(h -> Signatures.find(h, catalog));
        return catalog.routines().stream()
                .filter(r -> plan.scope().schemas().contains(r.name().schema()) && KINDS.contains(r.kind()))
                .filter(r -> helper.filter(r::equals).isEmpty())
                .filter(SearchPath::isOpen)
                .map(r -> finding(r, catalog));
    }

    private Finding finding(Routine routine, Catalog catalog) {
        return SearchPath.finding(
                id(),
                routine.securityDefiner() ? Severity.ERROR : Severity.WARNING,
                routine.securityDefiner()
                        ? "the function runs with the rights of " + routine.owner()
                                + " and looks names up where its caller says: a temporary table of the same name, and it reads or writes the"
                                + " caller's"
                        : "the function looks names up where its caller says: it works or fails with the search_path of the session",
                routine,
                catalog);
    }
}
