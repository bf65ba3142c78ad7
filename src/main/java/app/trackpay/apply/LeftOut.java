package app.trackpay.apply;

/** A statement that the server refuses inside a transaction, so that a dry run cannot try it. */
public record LeftOut(Unit unit, Statement statement) {

    private static final int SHOWN = 100;

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
