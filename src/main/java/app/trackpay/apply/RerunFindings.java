package app.trackpay.apply;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.manifest.Difference;
import app.trackpay.manifest.Drift;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import app.trackpay.report.Location;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the second run of a step shows: {@code not-rerunnable}, one finding a file.
 *
 * @param plan whose later steps may have made what the step undoes
 */
record RerunFindings(Plan plan) {

    static final String CHECK = "not-rerunnable";

    private static final int SHOWN = 5;
    private static final String ACCEPT =
            "; or accept the finding with a suppression, if the file is never to run again";

    private static final String SUPERSEDED =
            "let one step make it: bring what the later step makes into this file, or take it out of this file";

    private static final String ONCE_MORE =
            "where no later step is named, ask first whether it is there (IF NOT EXISTS, OR REPLACE, DROP ... IF EXISTS), give"
                    + " it a name if the server chose one, and take out what a later step takes away";

    /** The server refused it. */
    static Finding failed(StepException refused) {
        Step step = refused.unit().step();
        return finding(
                step,
                Severity.WARNING,
                "when it runs a second time, on the database that has every step, " + name(refused.unit()) + " fails:\n"
                        + said(refused),
                Repeatable.advice(refused) + ACCEPT);
    }

    /** It ran, and the database is another. */
    Finding undone(Step step, List<Difference> differences) {
        List<String> lines = new ArrayList<>();
        Set<String> advice = new LinkedHashSet<>();
        for (Difference difference : differences.subList(0, Math.min(SHOWN, differences.size()))) {
            Optional<String> later = later(step, difference.object().toString());
            advice.add(later.isPresent() ? SUPERSEDED : ONCE_MORE);
            lines.add("  " + Drift.line(difference) + later.orElse(""));
        }
        if (differences.size() > SHOWN) {
            lines.add("  and " + (differences.size() - SHOWN) + " more");
        }
        String does = advice.contains(SUPERSEDED) ? "undoes what later steps made" : "changes the database once more";
        return finding(
                step,
                Severity.WARNING,
                "when it runs a second time, on the database that has every step, step " + step.id() + " ("
                        + step.name() + ") " + does + " (+ new, - gone, ~ changed):\n" + String.join("\n", lines),
                String.join("; ", advice) + ACCEPT);
    }

    /** It cannot be tried, which is no fault, and no pass either. */
    static Finding untried(LeftOut alone) {
        return untried(
                alone.unit().step(),
                "the server refuses the statement at " + alone.location() + " inside a transaction, and what is outside"
                        + " of one cannot be taken back: " + alone.text());
    }

    /** Its failure says nothing about the file by itself. */
    static Finding untried(StepException refused) {
        return untried(
                refused.unit().step(),
                "the second run is one transaction, which is taken back, and there it ended with:\n" + said(refused));
    }

    private static Finding untried(Step step, String why) {
        return finding(
                step,
                Severity.INFO,
                "nobody knows whether step " + step.id() + " (" + step.name() + ") can run a second time: " + why,
                "run the file twice on a database of your own, and accept the finding with a suppression if both went well");
    }

    private static Finding finding(Step step, Severity severity, String message, String fix) {
        return new Finding(CHECK, severity, "file " + step.name(), message, fix).from(step);
    }

    /** The last step behind this one with a statement about the object. */
    private Optional<String> later(Step step, String object) {
        List<Step> behind = plan.steps().stream()
                .dropWhile(each -> !each.id().equals(step.id()))
                .skip(1)
                .toList();
        return behind.stream()
                .map(each -> Location.of(object, each))
                .filter(place -> place.line().isPresent())
                .reduce((earlier, last) -> last)
                .map(place -> "; later: " + place);
    }

    private static String name(Unit unit) {
        return unit.name() + " (" + unit.step().name() + ")";
    }

    private static String said(StepException refused) {
        return String.join("\n", SqlFailure.of(refused, Optional.empty(), "").lines());
    }
}
