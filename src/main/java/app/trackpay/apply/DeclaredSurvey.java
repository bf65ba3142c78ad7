package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which steps of a plan a database has, told by what they provide. */
final class DeclaredSurvey {

    private DeclaredSurvey() {}

    /**
     * Looks once. The plan is asked as a whole, because what a later step changes, a foreign key's rule, is not what the earlier one left.
     *
     * @throws CouldNotRunException when the catalog cannot be read
     */
    static Survey of(Plan plan, Connection connection) throws CouldNotRunException {
        CatalogScope scope = CatalogScope.USER_SCHEMAS.and(plan.scope().schemas());
        List<Finding> missing = Judge.judge(
                        plan, CatalogReader.read(connection, scope), Checks.provided(), LocalDate.now())
                .findings();
        Map<String, Evidence> evidence = new HashMap<>();
        for (Step step : plan.steps()) {
            List<Finding> lacks = missing.stream()
                    .filter(finding -> finding.step().filter(step::equals).isPresent())
                    .toList();
            evidence.put(step.id(), evidence(step, lacks));
        }
        return new Survey(evidence, List.of(), false);
    }

    private static Evidence evidence(Step step, List<Finding> lacks) {
        String provided = Provided.words(step);
        if (!lacks.isEmpty()) {
            return new Evidence(
                    Evidence.Standing.LACKING,
                    lacks.size() + (lacks.size() == 1 ? " thing is" : " things are") + " not there as declared ("
                            + lacks.get(0).check() + ": " + lacks.get(0).object()
                            + (lacks.size() == 1 ? ")" : ", \u2026)"),
                    lacks);
        }
        return provided.isEmpty()
                ? new Evidence(
                        Evidence.Standing.SILENT,
                        "declares nothing that could be found; counts if a later step is there",
                        lacks)
                : new Evidence(Evidence.Standing.THERE, "found " + provided, lacks);
    }
}
