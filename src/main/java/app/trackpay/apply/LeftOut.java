package app.trackpay.apply;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;

/** A statement that the server refuses inside a transaction, so that a dry run cannot try it. */
public record LeftOut(Unit unit, Statement statement) {

    private static final int SHOWN = 100;

    /** The id of what is told of it. */
    public static final String CHECK = "not-tried";

    /** What could not be checked is no pass. */
    public Finding finding() {
        return new Finding(
                        CHECK,
                        Severity.ERROR,
                        "statement " + location(),
                        "the server refuses this statement inside a transaction, so the dry run could not try it: "
                                + text() + ". What step " + unit.step().id() + " provides was not asked either",
                        "a rehearsal (the same goal without a URL) runs it; look that nobody has the table locked for long when you"
                                + " apply, then accept this finding with a suppression")
                .from(unit.step());
    }

    /** {@code file:line:column}. */
    public String location() {
        return unit.script().source().location(statement.start());
    }

    /** Its beginning, on one line. */
    public String text() {
        String text = unit.script()
                .source()
                .text()
                .substring(statement.start(), statement.end())
                .replaceAll("\\s+", " ")
                .strip();
        return text.codePointCount(0, text.length()) > SHOWN
                ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "\u2026"
                : text;
    }
}
