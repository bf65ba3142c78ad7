package app.trackpay.apply;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A statement that the server refuses inside a transaction, so that a dry run cannot try it. */
public record LeftOut(Unit unit, Statement statement) {

    private static final int SHOWN = 100;

    /** What is there afterwards, or is not, as before: nothing that comes later can fail for want of them. */
    private static final Set<String> WITHOUT_TRACE = Set.of("VACUUM", "CLUSTER", "REINDEX", "DISCARD");

    /**
     * What cannot come of an index, a partition, a database or a subscription that is not there or still there: a text that cannot be parsed,
     * columns, functions, schemas and privileges that are missing, and what others and the server's limits are to blame for.
     */
    private static final Pattern UNRELATED =
            Pattern.compile("42601|42501|42703|42804|42883|3F000|25001|2D000|55P03|57014|08...|22...|40...|53...");

    /** Something is missing, and the message says what. */
    private static final Pattern MISSING = Pattern.compile("42P01|42704");

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]+\\.)?([^\".]+)\"");

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
                .filter(part -> part.inside().alone())
                .map(part -> new LeftOut(unit, part.statement()))
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
     * build that. Then it, too, is only what the dry run could not try, with all that stands behind it.
     *
     * @param failed as it is told where nothing was left out
     */
    public static Finding explain(Finding failed, SqlFailure failure, List<LeftOut> before) {
        List<LeftOut> causes =
                before.stream().filter(left -> left.mayCause(failure)).toList();
        if (causes.isEmpty()) {
            return failed;
        }
        LeftOut last = causes.get(causes.size() - 1);
        String more = causes.size() == 1 ? "" : " and " + (causes.size() - 1) + " before it";
        return new Finding(
                        CHECK,
                        Severity.ERROR,
                        "statements from " + failure.unit().script().source().location(failure.offset()) + " on",
                        "the dry run ended here, and may have only because it had to leave out " + last.location()
                                + more
                                + " (" + last.text() + "). So this statement, the rest of "
                                + failure.unit().name()
                                + " and the steps behind it were not tried, and health and verify-rls did not look.\n"
                                + String.join("\n", failure.lines()),
                        "a rehearsal (the same goal without a URL) runs all of it; mend the file only if it fails there, too. The dry"
                                + " run was rolled back: the database is as it was")
                .from(failure.unit().step());
    }

    /**
     * Whether it makes an index on a table, so that who looks for one does not find it for that reason alone.
     *
     * @param table its name without the schema
     */
    public boolean makesIndexOn(String table) {
        List<String> words = words();
        int on = words.indexOf("ON");
        String name = table.toUpperCase(Locale.ROOT);
        return words.get(0).equals("CREATE")
                && words.subList(0, Math.max(0, on)).contains("INDEX")
                && words.stream().skip(on).anyMatch(word -> word.equals(name) || word.equals("\"" + name + "\""));
    }

    private List<String> words() {
        return Words.of(unit.script().sent(statement.start(), statement.end()).toUpperCase(Locale.ROOT));
    }

    private boolean mayCause(SqlFailure failure) {
        List<String> words = words();
        if (WITHOUT_TRACE.contains(words.get(0))
                || words.subList(0, 2).equals(List.of("ALTER", "SYSTEM"))
                || UNRELATED.matcher(failure.sqlState()).matches()) {
            return false;
        }
        List<String> missing = MISSING.matcher(failure.sqlState()).matches()
                ? QUOTED.matcher(failure.message())
                        .results()
                        .map(name -> name.group(1).toUpperCase(Locale.ROOT))
                        .toList()
                : List.of();
        // an index without a name gets one from its table and columns
        boolean unnamed =
                words.indexOf("ON") > 0 && words.get(words.indexOf("ON") - 1).equals("CONCURRENTLY");
        return missing.isEmpty()
                || missing.stream()
                        .anyMatch(name -> unnamed || words.contains(name) || words.contains("\"" + name + "\""));
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
