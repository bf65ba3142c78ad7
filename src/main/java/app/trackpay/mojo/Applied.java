package app.trackpay.mojo;

import app.trackpay.apply.Outcome;
import app.trackpay.apply.Unit;
import app.trackpay.check.Judgement;
import app.trackpay.report.Output;
import app.trackpay.report.Table;
import java.util.List;
import java.util.Optional;

/**
 * What an apply run says once it has ended.
 *
 * @param gate where it ran in one transaction
 */
record Applied(Optional<VerdictGate> gate, Output output) {

    Answer answer(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return Answer.of(refused.findings());
        }
        if (outcome instanceof Outcome.Incomplete incomplete) {
            return Answer.of(incomplete.findings());
        }
        Answer looked = gate.map(VerdictGate::answer).orElse(Answer.of(List.of()));
        output.info("");
        if (outcome instanceof Outcome.Applied applied) {
            boolean atOnce = gate.isPresent() && !applied.ran().isEmpty();
            output.info(applied.line() + (atOnce ? " Everything was committed at once." : ""));
            applied.again().ifPresent(second -> output.info(secondRun(second)));
            return looked.and(new Answer(applied.again().orElse(Judgement.NOTHING), List.of(steps(applied.ran()))));
        }
        output.info(
                gate.filter(VerdictGate::isDryRun).isPresent()
                        ? "DRY RUN: everything was rolled back; the database is as it was (only sequences may have moved on)"
                        : "ATOMIC: nothing was committed, because of what was found:");
        return looked;
    }

    private static String secondRun(Judgement second) {
        return second.findings().isEmpty() && second.suppressed().isEmpty()
                ? "Each step was run a second time and changed nothing more; that was rolled back."
                : "Each step was run a second time and rolled back; what that showed is told below.";
    }

    private static Table steps(List<Unit> units) {
        return new Table(
                "steps",
                List.of("step", "section", "file", "title"),
                units.stream()
                        .map(unit -> List.of(
                                unit.step().id(),
                                Integer.toString(unit.section()),
                                unit.step().name(),
                                unit.title()))
                        .toList());
    }
}
