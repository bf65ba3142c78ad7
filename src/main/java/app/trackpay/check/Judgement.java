package app.trackpay.check;

import java.util.List;

/**
 * What checks found and what the team's suppressions made of it.
 *
 * @param findings the worst first, causes before what comes of them, then by check and object
 * @param suppressed what a suppression hides, in the same order
 * @param notes what the team should know besides, such as of its suppressions, one sentence each
 */
public record Judgement(List<Finding> findings, List<Suppressed> suppressed, List<String> notes) {

    /** Nothing was found, or nothing was looked at. */
    public static final Judgement NOTHING = new Judgement(List.of(), List.of(), List.of());

    /** A finding that the team accepts, and its reason. */
    public record Suppressed(Finding finding, String reason) {}

    /** How many findings there are of a severity. */
    public long count(Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }
}
