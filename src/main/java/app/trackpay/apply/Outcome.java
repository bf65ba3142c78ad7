package app.trackpay.apply;

import app.trackpay.check.Finding;
import app.trackpay.check.Judgement;
import java.util.List;
import java.util.Optional;

/** How applying a plan ended. */
public sealed interface Outcome {

    /**
     * Everything of the plan is in the database.
     *
     * @param ran what this run applied; empty when there was nothing to do
     * @param before how many steps and sections were applied before
     * @param again what running each step a second time showed; empty where none was
     */
    record Applied(List<Unit> ran, int before, Optional<Judgement> again) implements Outcome {

        Applied(List<Unit> ran, int before) {
            this(ran, before, Optional.empty());
        }

        /** The same after a second run. */
        public Applied then(Optional<Judgement> second) {
            return new Applied(ran, before, second);
        }

        /** One line for people. */
        public String line() {
            if (ran.isEmpty()) {
                return "Nothing to apply: the plan's steps were all applied before.";
            }
            long steps = ran.stream().map(unit -> unit.step().id()).distinct().count();
            return "Applied " + steps + (steps == 1 ? " step" : " steps")
                    + (before > 0 ? "; the others were applied before." : ".");
        }
    }

    /** Files and history contradict each other; nothing ran. */
    record Refused(List<Finding> findings) implements Outcome {}

    /**
     * A step failed; what ran before it stays.
     *
     * @param leftOut what a dry run left out before the place of the failure, which may come of that
     */
    record Failed(SqlFailure failure, List<Unit> ran, List<LeftOut> leftOut) implements Outcome {}

    /**
     * A step ran and did not leave behind what it provides, so it was rolled back; what ran before it stays.
     *
     * @param findings {@code step-incomplete}, one an object
     */
    record Incomplete(List<Finding> findings, List<Unit> ran) implements Outcome {}

    /** The plan ran in one transaction, and that was rolled back: nothing of it is in the database. */
    record TakenBack(Trial trial) implements Outcome {}
}
