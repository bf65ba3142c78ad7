package app.trackpay.apply;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import java.util.List;
import java.util.regex.Pattern;

/** A statement that the server refuses inside a transaction, so that a dry run cannot try it. */
public record LeftOut(Unit unit, Statement statement) {

    private static final int SHOWN = 100;

    /** A text that cannot be parsed, and what others and the server's limits are to blame for. */
    private static final Pattern UNRELATED = Pattern.compile("42601|55P03|57014|40...|53...");

    /** The id of what is told of it. */
    public static final String CHECK = "not-tried";

    /**
     * All such statements of a unit.
     *
     * @param done how many of its parts are done already
     */
    static List<LeftOut> of(Unit unit, int done) {
        return unit.parts().stream()
                .skip(done)
                .filter(Part::alone)
                .map(part -> new LeftOut(
                        unit, ((Piece.Sql) part.pieces().get(0)).statements().get(0)))
                .toList();
    }

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

    /**
     * A failure, told by somebody who knows what was left out before it: a file that needs its own index is not wrong because a dry run cannot
     * build that.
     *
     * @param failed as it is told where nothing was left out
     */
    public static Finding explain(Finding failed, SqlFailure failure, List<LeftOut> before) {
        if (before.isEmpty() || UNRELATED.matcher(failure.sqlState()).matches()) {
            return failed;
        }
        LeftOut last = before.get(before.size() - 1);
        String more = before.size() == 1 ? "" : " and " + (before.size() - 1) + " before it";
        return failed.saying(failed.message() + "\n CAUSE: it may be only that the dry run had to leave out "
                        + last.location() + more + ": " + last.text())
                .advising(
                        "The dry run was rolled back: the database is as it was.  Rehearse the plan (the same goal without a"
                                + " URL), which runs what was left out, and mend the file only if it fails there, too.");
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
