package app.trackpay.apply;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.ServerErrorMessage;

/**
 * A step that the server refused: something to repair in the file. What the server said, and where in the file it belongs.
 *
 * @param offset in the file's text
 * @param at what the error has to do with the character there
 * @param sqlState five characters
 * @param detail the server's DETAIL
 * @param hint the server's HINT
 * @param where the server's trail through functions, innermost first
 * @param inside the query inside a function that failed
 * @param advice cause and remedy as the plan knows them
 * @param consequence what became of the step and of those before it, and what to do
 */
public record SqlFailure(
        Unit unit,
        int offset,
        At at,
        String message,
        String sqlState,
        Optional<String> detail,
        Optional<String> hint,
        Optional<String> where,
        Optional<InnerQuery> inside,
        Optional<String> advice,
        String consequence) {

    private static final int REPEATED = 300;

    /** How well the place is known. */
    public enum At {
        /** The server or the error's own trail names this character. */
        CHARACTER(""),
        /** The statement that starts there failed, at some place in it. */
        STATEMENT("in the statement at this place: "),
        /** What statements up to this one left for the end of their transaction failed. */
        END_OF_TRANSACTION("at the end of the transaction, where deferred constraints are checked: ");

        private final String words;

        At(String words) {
            this.words = words;
        }

        /** What is said of it between the place and the error. */
        String words() {
            return words;
        }
    }

    /**
     * @param position of the error, in characters from 1; 0 where the server does not say
     */
    public record InnerQuery(String text, int position) {}

    static SqlFailure of(StepException refused, Optional<String> advice, String consequence) {
        SQLException error = refused.error();
        Optional<ServerErrorMessage> server = Fault.message(error);
        String state = Optional.ofNullable(error.getSQLState()).orElse("");
        return new SqlFailure(
                refused.unit(),
                refused.fault().offset(),
                refused.fault().at(),
                shortened(state, server.map(ServerErrorMessage::getMessage).orElse(error.getMessage())),
                state,
                server.map(ServerErrorMessage::getDetail),
                server.map(ServerErrorMessage::getHint),
                server.map(ServerErrorMessage::getWhere),
                server.flatMap(m -> Optional.ofNullable(m.getInternalQuery())
                        .map(query -> new InnerQuery(query, m.getInternalPosition()))),
                advice,
                consequence);
    }

    /**
     * Where the server cannot read a text (classes 42 and 22) it repeats it, up to the end of the file if a quote is open: its first line tells
     * enough, and the place is shown below. What somebody raises is their own.
     */
    private static String shortened(String state, String message) {
        if (!state.startsWith("42") && !state.startsWith("22")) {
            return message;
        }
        String line = message.lines().findFirst().orElse("");
        int length = line.codePointCount(0, line.length());
        String start = line.substring(0, line.offsetByCodePoints(0, Math.min(length, REPEATED)));
        return start.length() == message.length() ? message : start + "\u2026";
    }

    /** Line and column in the file. */
    public Source.Place place() {
        return unit.script().source().place(offset);
    }

    /** {@code file:line:column: message (SQLSTATE)}. */
    public String summary() {
        return unit.script().source().location(offset) + ": " + at.words() + message + " (" + sqlState + ")";
    }

    /** As the console shows it; the consequence stands by itself. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(summary());
        lines.addAll(unit.script().source().excerpt(offset));
        detail.ifPresent(text -> labelled(lines, "DETAIL: ", text));
        hint.ifPresent(text -> labelled(lines, "HINT: ", text));
        inside.ifPresent(query -> inside(lines, query));
        where.ifPresent(text -> labelled(lines, "WHERE: ", text));
        advice.ifPresent(text -> labelled(lines, "CAUSE: ", text));
        return lines;
    }

    private static void inside(List<String> lines, InnerQuery query) {
        lines.add(" QUERY inside the function:");
        Source source = new Source("query", query.text());
        if (query.position() > 0) {
            int last = query.text().codePointCount(0, query.text().length());
            lines.addAll(source.excerpt(query.text().offsetByCodePoints(0, Math.min(query.position() - 1, last))));
        } else {
            query.text().lines().limit(10).forEach(line -> lines.add("  " + line));
        }
    }

    private static void labelled(List<String> lines, String label, String text) {
        List<String> all = text.lines().toList();
        for (int i = 0; i < all.size(); i++) {
            lines.add(" " + (i == 0 ? label : " ".repeat(label.length())) + all.get(i));
        }
    }
}
