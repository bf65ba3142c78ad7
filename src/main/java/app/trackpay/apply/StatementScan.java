package app.trackpay.apply;

import app.trackpay.apply.Lexer.Kind;
import app.trackpay.apply.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The statement that is being read: its words, and whether a semicolon would end it here. */
final class StatementScan {

    /** Only COPY is told by words that stand further back. */
    private static final int WORDS = 64;

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final List<String> unquoted = new ArrayList<>();
    private int start = -1;
    private int end;
    private int parentheses;
    private int atomic;
    private String before = "";

    StatementScan(String text) {
        this.text = text;
    }

    boolean open() {
        return start >= 0;
    }

    int start() {
        return start;
    }

    /** Whether a semicolon here would end the statement: not in parentheses (a rule's actions), not in a BEGIN ATOMIC body. */
    boolean endsHere() {
        return parentheses == 0 && atomic == 0;
    }

    void add(Token token) {
        if (!open()) {
            start = token.start();
        }
        end = token.end();
        String word = text(token);
        if (token.kind() != Kind.SEMICOLON
                && (words.size() < WORDS || words.get(0).equals("COPY"))) {
            words.add(word);
            unquoted.add(token.kind() == Kind.QUOTED ? inside(token) : word);
        }
        if (token.kind() == Kind.OPEN) {
            parentheses++;
        } else if (token.kind() == Kind.CLOSE) {
            parentheses = Math.max(0, parentheses - 1);
        } else if (parentheses == 0 && token.kind() == Kind.WORD) {
            countBody(word);
        }
        before = word;
    }

    /** The statement so far. */
    Statement statement(boolean escapes) {
        return new Statement(start, end, StatementKind.of(words), escapes);
    }

    /** The statement's first words, those in quotes too, as if they stood there without; the next statement starts empty. */
    List<String> take() {
        List<String> taken = List.copyOf(unquoted);
        words.clear();
        unquoted.clear();
        start = -1;
        parentheses = 0;
        atomic = 0;
        before = "";
        return taken;
    }

    private void countBody(String word) {
        boolean name = before.equals(".") || before.equals("AS");
        if (atomic == 0) {
            atomic = word.equals("ATOMIC") && before.equals("BEGIN") && createsRoutine() ? 1 : 0;
        } else if (word.equals("CASE") && !name) {
            atomic++;
        } else if (word.equals("END") && !name) {
            atomic--;
        }
    }

    private boolean createsRoutine() {
        int kind = words.size() > 2 && words.get(1).equals("OR") && words.get(2).equals("REPLACE") ? 3 : 1;
        return words.get(0).equals("CREATE")
                && words.size() > kind
                && (words.get(kind).equals("FUNCTION") || words.get(kind).equals("PROCEDURE"));
    }

    /** Only short ones are of interest: the name and the value of a setting. */
    private String inside(Token token) {
        int length = token.end() - token.start();
        return length > 2 && length < WORDS
                ? text.substring(token.start() + 1, token.end() - 1).toUpperCase(Locale.ROOT)
                : "";
    }

    private String text(Token token) {
        return switch (token.kind()) {
            case WORD -> text.substring(token.start(), token.end()).toUpperCase(Locale.ROOT);
            case QUOTED -> "";
            default -> text.substring(token.start(), token.end());
        };
    }
}
