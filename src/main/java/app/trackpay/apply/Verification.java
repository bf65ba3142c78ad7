package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.Severity;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a step left behind what the plan says it provides, asked in the step's own transaction: what is missing is never committed. */
record Verification(Plan plan, LocalDate today) {

    /** Where the options ask for it. */
    static Optional<Verification> of(Plan plan, ApplyOptions options) {
        return options.verifies() ? Optional.of(new Verification(plan, LocalDate.now())) : Optional.empty();
    }

    /** A step that provides nothing costs no query, nor does any section but the last. */
    boolean concerns(Unit unit) {
        return unit.endsStep() && !unit.step().provides().isNothing();
    }

    /**
     * What the step lacks, as the transaction that is open sees it: {@code step-incomplete}.
     *
     * @throws CouldNotRunException when the catalog cannot be read
     */
    List<Finding> missing(Connection connection, Unit unit) throws CouldNotRunException {
        if (!concerns(unit)) {
            return List.of();
        }
        Step step = unit.step();
        Plan alone = plan.with(List.of(step));
        CatalogScope scope = CatalogScope.USER_SCHEMAS.and(plan.scope().schemas());
        List<Finding> missing = Judge.judge(alone, CatalogReader.read(connection, scope), Checks.provided(), today)
                .findings();
        List<Finding> incomplete =
                missing.stream().map(finding -> incomplete(step, finding)).toList();
        return Judge.judge(plan, incomplete, Set.of("step-incomplete"), today).findings();
    }

    private static Finding incomplete(Step step, Finding missing) {
        Finding finding = new Finding(
                        "step-incomplete",
                        Severity.ERROR,
                        missing.object(),
                        "step " + step.id() + " (" + step.name() + ") ran and did not leave behind what it provides: "
                                + missing.message() + " (" + missing.check() + ")",
                        missing.fix())
                .from(step);
        return missing.shows().map(finding::shownBy).orElse(finding);
    }
}
