package app.trackpay.report;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.database.Target;
import java.util.List;
import java.util.Optional;

/**
 * How a goal ended.
 *
 * @param goal the goal's name
 * @param target what it looked at; empty when it got to no database, or needs none
 * @param findings everything that is wrong, worst first
 * @param suppressed findings the plan accepts, with a reason
 * @param tables what the goal has to show beside its findings
 * @param reason why it could not run
 */
public record Verdict(
        String goal,
        Outcome outcome,
        Optional<Target> target,
        List<Finding> findings,
        List<Finding> suppressed,
        List<Table> tables,
        Optional<String> reason) {

    /** The three ways to end. */
    public enum Outcome {
        PASS("pass"),
        FINDINGS("findings"),
        COULD_NOT_RUN("could-not-run");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * The verdict of a goal that ran: it passes when nothing was found that is as bad as {@code failOn}.
     */
    public static Verdict judged(
            String goal,
            Optional<Target> target,
            List<Finding> findings,
            List<Finding> suppressed,
            List<Table> tables,
            Severity failOn) {
        boolean fails = findings.stream().anyMatch(f -> f.severity().compareTo(failOn) <= 0);
        return new Verdict(
                goal, fails ? Outcome.FINDINGS : Outcome.PASS, target, findings, suppressed, tables, Optional.empty());
    }

    /** The verdict of a goal that could not ask its question. */
    public static Verdict couldNotRun(String goal, Optional<Target> target, String reason) {
        return new Verdict(goal, Outcome.COULD_NOT_RUN, target, List.of(), List.of(), List.of(), Optional.of(reason));
    }

    /** How many findings of one severity there are. */
    public long count(Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }

    /** The findings in numbers, e.g. {@code 2 errors, 1 warning}. */
    public String counts() {
        String counts = counted(count(Severity.ERROR), "error")
                + ", " + counted(count(Severity.WARNING), "warning")
                + ", " + count(Severity.INFO) + " info";
        return suppressed.isEmpty() ? counts : counts + ", " + suppressed.size() + " suppressed";
    }

    private static String counted(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
