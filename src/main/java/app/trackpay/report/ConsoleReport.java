package app.trackpay.report;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.database.Target;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A verdict as a person reads it in a terminal. */
public final class ConsoleReport {

    private final Output output;

    public ConsoleReport(Output output) {
        this.output = output;
    }

    /** The line before anything is looked at. */
    public void opens(Target target) {
        output.info(
                switch (target.kind()) {
                    case REHEARSAL ->
                        "REHEARSAL: the plan is proved on a throw-away " + target.product()
                                + "; no live database is looked at";
                    case LIVE -> "LIVE: " + place(target);
                    case NONE -> "NO DATABASE: only the plan's files are looked at";
                });
    }

    /** Findings, numbers, where the report is, and last what was looked at. */
    public void closes(Verdict verdict, Path report) {
        Map<String, Finding> repaired = new HashMap<>();
        verdict.judgement().findings().forEach(finding -> finding(finding, repaired));
        output.info("");
        String counts = verdict.looked() ? " (" + verdict.counts() + ")" : "";
        output.info(verdict.goal() + ": " + verdict.outcome() + counts + ", report in " + report);
        verdict.target().ifPresent(target -> ends(target, verdict));
    }

    private void ends(Target target, Verdict verdict) {
        output.info(
                switch (target.kind()) {
                    case REHEARSAL -> "REHEARSAL: " + rehearsed(target, verdict) + "; no live database was looked at";
                    case LIVE -> "LIVE: this was " + place(target);
                    case NONE -> "NO DATABASE: only the plan's files were looked at";
                });
    }

    private static String rehearsed(Target target, Verdict verdict) {
        return switch (verdict.outcome()) {
            case PASS -> "the plan was proved on a throw-away " + target.product();
            case FINDINGS -> "the plan was tried on a throw-away " + target.product();
            case COULD_NOT_RUN ->
                verdict.looked()
                        ? "a part of the plan could not be proved on a throw-away " + target.product()
                        : "nothing was proved";
        };
    }

    private static String place(Target target) {
        return "database " + target.database() + " on " + target.host() + ":" + target.port() + ", " + target.product();
    }

    /**
     * @param repaired whose finding a repair stands under: one repair of many faults is read once
     */
    private void finding(Finding finding, Map<String, Finding> repaired) {
        output.info("");
        line(finding.severity(), finding.severity() + "[" + finding.check() + "] " + finding.object());
        finding.message().lines().forEach(message -> line(finding.severity(), "  " + message));
        finding.fix().lines().forEach(fix -> line(finding.severity(), "  fix: " + fix));
        Location.of(finding).ifPresent(place -> line(finding.severity(), "  at:  " + place));
        finding.repair()
                .map(sql -> Optional.ofNullable(repaired.putIfAbsent(sql, finding))
                        .map(above -> "the same as above, for " + above.object())
                        .orElse(sql))
                .ifPresent(sql -> ("sql: " + sql).lines().forEach(line -> line(finding.severity(), "  " + line)));
    }

    private void line(Severity severity, String text) {
        switch (severity) {
            case COULD_NOT_RUN, ERROR -> output.error(text);
            case WARNING -> output.warn(text);
            case INFO -> output.info(text);
        }
    }
}
