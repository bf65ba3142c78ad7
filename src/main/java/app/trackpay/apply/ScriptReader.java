package app.trackpay.apply;

import app.trackpay.apply.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file as far as apply must understand it: sections, psql's lines, rows of COPY, and which statements cannot share a transaction.
 * All else is for the server.
 */
final class ScriptReader {

    private static final Pattern HEADER = Pattern.compile("--\\s*SECTION\\s+(\\d{1,9})\\s*(?::\\s*(.*?)\\s*)?");
    private static final Pattern ALMOST_HEADER = Pattern.compile("--\\s*SECTION\\s+\\d.*");
    private static final Pattern REST_OF_LINE = Pattern.compile("[ \\t]*(?:--[^\\r\\n]*)?(?:\\r\\n|\\r|\\n|\\z)");
    private static final Pattern END_OF_ROWS = Pattern.compile("(?md)^\\\\\\.(?:\\r?\\n|\\r?\\z)");

    private final Source source;
    private final String text;
    private final boolean sectioned;
    private final List<SourceProblem> problems;
    private final Lexer lexer;
    private final StatementScan scan;
    private final StringBuilder sendable;
    private final Parts parts = new Parts();
    private final List<Script.Section> sections = new ArrayList<>();
    private final StringSyntax strings = new StringSyntax();
    private OwnTransaction transaction;
    private int number;
    private String title = "";
    private int start;

    private ScriptReader(Source source, boolean sectioned, List<SourceProblem> problems) {
        this.source = source;
        this.text = source.text();
        this.sectioned = sectioned;
        this.problems = problems;
        this.lexer = new Lexer(text);
        this.scan = new StatementScan(text);
        this.sendable = new StringBuilder(text);
        this.transaction = new OwnTransaction(source);
    }

    /**
     * Reads a file.
     *
     * @param sectioned whether {@code -- SECTION n: title} lines cut it
     * @param problems gets what is wrong with it; the script is of use only if nothing is
     */
    static Script read(Source source, boolean sectioned, List<SourceProblem> problems) {
        return new ScriptReader(source, sectioned, problems).script();
    }

    private Script script() {
        for (Token token = lexer.next(); token.kind() != Lexer.Kind.END; token = lexer.next()) {
            switch (token.kind()) {
                case LINE_COMMENT -> comment(token);
                case COMMAND -> command(token);
                case SEMICOLON -> semicolon(token);
                default -> {
                    if (!scan.open() && sectioned && number == 0) {
                        beforeFirstSection(token);
                    }
                    scan.add(token);
                }
            }
        }
        endStatement();
        if (sectioned && number == 0) {
            problem(
                    0,
                    "the plan says sections: true, but there is no \"-- SECTION n: title\" line. Add them, or drop sections: true.");
        }
        endSection(text.length());
        return new Script(source, sendable.toString(), List.copyOf(sections));
    }

    private void comment(Token token) {
        String line = text.substring(token.start(), token.end());
        if (!sectioned || !startsLine(token.start())) {
            return;
        }
        Matcher header = HEADER.matcher(line);
        if (header.matches()) {
            section(token, Integer.parseInt(header.group(1)), header.group(2) == null ? "" : header.group(2));
        } else if (ALMOST_HEADER.matcher(line).matches()) {
            problem(
                    token.start(),
                    "not quite a section header. Write \"-- SECTION n: title\", or begin the comment otherwise.");
        }
    }

    private void section(Token token, int found, String foundTitle) {
        if (scan.open() && !scan.endsHere()) {
            problem(
                    token.start(),
                    "a section begins inside the statement of line "
                            + source.place(scan.start()).line() + ". Close its parenthesis or body first.");
        }
        endStatement();
        if (found <= number) {
            problem(
                    token.start(),
                    found == 0
                            ? "sections are counted from 1."
                            : "section " + found + " comes after section " + number
                                    + ". Number sections upwards, each once.");
        }
        if (number > 0) {
            endSection(token.start());
        }
        start = token.start();
        number = Math.max(found, number + 1);
        title = foundTitle;
    }

    private void command(Token token) {
        PsqlLine line = PsqlLine.of(text.substring(token.start(), token.end()));
        blank(token.start(), token.end());
        if (line.harmless()) {
            return;
        }
        if (!line.echoes() || scan.open()) {
            problem(token.start(), line.problem());
        } else if (!sectioned || number > 0) {
            parts.add(new Piece.Echo(line.echo(), token.start(), token.end()));
        }
    }

    private void semicolon(Token token) {
        if (!scan.open()) {
            // The server counts no result for an empty statement.
            blank(token.start(), token.end());
            return;
        }
        boolean ends = scan.endsHere();
        scan.add(token);
        if (token.end() - token.start() > 1) {
            // The backslash is for psql.
            blank(token.start(), token.end() - 1);
        }
        if (ends) {
            endStatement();
        }
    }

    private void endStatement() {
        if (!scan.open()) {
            return;
        }
        Statement statement = scan.statement(strings.escapes());
        List<String> words = scan.take();
        transaction.problem(statement).ifPresent(message -> problem(statement.start(), message));
        DriverSetting.problem(words).ifPresent(message -> problem(statement.start(), message));
        switch (statement.kind()) {
            case BEGIN -> begin(statement);
            case COMMIT -> commit(statement);
            case ROLLBACK -> {
                blank(statement.start(), statement.end());
                // told once: its BEGIN does not lack a COMMIT as well
                transaction.ends(statement);
            }
            case TRANSACTION -> blank(statement.start(), statement.end());
            case ALONE -> alone(statement);
            case APART -> {
                if (transaction.isOpen()) {
                    parts.add(statement);
                } else {
                    alone(statement);
                }
            }
            case COPY_IN -> copyIn(statement);
            case COPY_OUT -> parts.add(new Piece.CopyOut(statement));
            default -> parts.add(statement);
        }
        if (strings.follow(words)) {
            parts.cut();
        }
        lexer.escapes(strings.escapes());
    }

    private void alone(Statement statement) {
        parts.alone(statement);
        strings.transactionEnds();
    }

    private void begin(Statement statement) {
        blank(statement.start(), statement.end());
        parts.begin();
        strings.transactionEnds();
        transaction.begins(statement);
    }

    private void commit(Statement statement) {
        blank(statement.start(), statement.end());
        transaction.ends(statement).ifPresent(parts::commit);
        strings.transactionEnds();
    }

    private void copyIn(Statement statement) {
        Matcher rest = REST_OF_LINE.matcher(text).region(statement.end(), text.length());
        if (!rest.lookingAt()) {
            problem(
                    statement.end(),
                    "rows are expected from the next line on. Begin a new line behind COPY ... FROM stdin;");
            return;
        }
        Matcher end = END_OF_ROWS.matcher(text);
        if (!end.find(rest.end())) {
            problem(
                    statement.start(),
                    "the rows of this COPY do not end. Put \\. on a line of its own behind the last one.");
            lexer.jump(text.length());
            return;
        }
        parts.add(new Piece.CopyIn(statement, rest.end(), end.start(), end.end()));
        lexer.jump(end.end());
    }

    private void beforeFirstSection(Token token) {
        problem(
                token.start(),
                "this statement stands before the first section, so it would never run. Move it behind a section header.");
        number = -1;
    }

    private void endSection(int end) {
        transaction
                .begin()
                .ifPresent(open -> problem(
                        open.start(),
                        "BEGIN without COMMIT: psql would throw the work away. Add COMMIT, or remove BEGIN."));
        transaction = new OwnTransaction(source);
        strings.sessionBegins();
        lexer.escapes(false);
        sections.add(new Script.Section(number, title, start, end, parts.take()));
    }

    private boolean startsLine(int offset) {
        int before = offset;
        while (before > 0 && (text.charAt(before - 1) == ' ' || text.charAt(before - 1) == '\t')) {
            before--;
        }
        return before == 0 || text.charAt(before - 1) == '\n' || text.charAt(before - 1) == '\r';
    }

    private void blank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                sendable.setCharAt(i, ' ');
            }
        }
    }

    private void problem(int offset, String message) {
        problems.add(new SourceProblem(source, offset, message));
    }
}
