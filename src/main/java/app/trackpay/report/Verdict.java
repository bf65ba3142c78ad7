package app.trackpay.report;

import app.trackpay.check.Finding;
import app.trackpay.check.Judgement;
import app.trackpay.check.Severity;
import app.trackpay.database.Target;
import java.util.List;
import java.util.Optional;

/**
 * How a goal ended.
 *
 * @param goal the goal's name
 * @param target what it looked at; empty when it got to no database, or needs none
 * @param judgement everything that is wrong, worst first, and what the plan accepts
 * @param tables what the goal has to show beside its findings
 * @param reason why it could not run
 */
public record Verdict(
        String goal,
        Outcome outcome,
        Optional<Target> target,
        Judgement judgement,
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
     * The verdict of a goal that ran: it passes when nothing was found that is as bad as {@code failOn}, and every question could be asked.
     */
    public static Verdict judged(
            String goal, Optional<Target> target, Judgement judgement, List<Table> tables, Severity failOn) {
        boolean fails = judgement.findings().stream()
                .map(Finding::severity)
                .anyMatch(severity -> severity != Severity.COULD_NOT_RUN && severity.compareTo(failOn) <= 0);
        long unasked = judgement.count(Severity.COULD_NOT_RUN);
        if (fails || unasked == 0) {
            return new Verdict(
                    goal, fails ? Outcome.FINDINGS : Outcome.PASS, target, judgement, tables, Optional.empty());
        }
        return new Verdict(
                goal,
                Outcome.COULD_NOT_RUN,
                target,
                judgement,
                tables,
                Optional.of(counted(unasked, "question") + " could not be asked; they are listed above"));
    }

    /** Whether it got so far as to ask anything. */
    public boolean looked() {
        return outcome != Outcome.COULD_NOT_RUN || !judgement.findings().isEmpty();
    }

    /** The verdict of a goal that could not ask its question. */
    public static Verdict couldNotRun(String goal, Optional<Target> target, String reason) {
        return new Verdict(goal, Outcome.COULD_NOT_RUN, target, Judgement.NOTHING, List.of(), Optional.of(reason));
    }

    /** The findings in numbers, e.g. {@code 2 errors, 1 warning}. */
    public String counts() {
        String counts = counted(judgement.count(Severity.ERROR), "error")
                + ", " + counted(judgement.count(Severity.WARNING), "warning")
                + ", " + judgement.count(Severity.INFO) + " info";
        long unasked = judgement.count(Severity.COULD_NOT_RUN);
        String asked = unasked == 0 ? counts : counts + ", " + unasked + " could not run";
        return judgement.suppressed().isEmpty()
                ? asked
                : asked + ", " + judgement.suppressed().size() + " suppressed";
    }

    private static String counted(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
