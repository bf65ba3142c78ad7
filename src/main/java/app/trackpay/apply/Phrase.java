package app.trackpay.apply;

import app.trackpay.apply.Lexer.Kind;
import app.trackpay.apply.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one statement word by word. */
final class Phrase {

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    Phrase(String text) {
        this.text = text;
        Lexer lexer = new Lexer(text);
        for (Token token = lexer.next(); token.kind() != Kind.END; token = lexer.next()) {
            if (token.kind() != Kind.LINE_COMMENT) {
                tokens.add(token);
            }
        }
    }

    /**
     * A name as it stands in the text.
     *
     * @param written with its schema, if it has one
     * @param last its last part as it is written
     * @param start the offset of its first character
     * @param end the offset after its last
     */
    record Name(String written, String last, int start, int end) {

        /** The last part as the server keeps it. */
        String value() {
            return last.startsWith("\"")
                    ? last.substring(1, last.length() - 1).replace("\"\"", "\"")
                    : last.toLowerCase(Locale.ROOT);
        }
    }

    /** Passes over words if they are next. */
    boolean skip(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!words[i].equals(word(at + i))) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /** Passes over everything up to a word and over that. */
    boolean skipTo(String word) {
        for (int i = at; i < tokens.size(); i++) {
            if (word(i).equals(word)) {
                at = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Whether a word comes next. */
    boolean sees(String word) {
        return word(at).equals(word);
    }

    /** The next word in upper case, passed over; empty at the end. */
    String take() {
        return word(at++);
    }

    /** A name, if one is next: words and quoted names with dots between them. */
    Optional<Name> name() {
        int first = at;
        while (isName(at)) {
            at++;
            if (!word(at).equals(".")) {
                Token last = tokens.get(at - 1);
                int start = tokens.get(first).start();
                return Optional.of(new Name(
                        text.substring(start, last.end()),
                        text.substring(last.start(), last.end()),
                        start,
                        last.end()));
            }
            at++;
        }
        return Optional.empty();
    }

    private boolean isName(int index) {
        if (index >= tokens.size()) {
            return false;
        }
        Token token = tokens.get(index);
        return token.kind() == Kind.WORD || token.kind() == Kind.QUOTED && text.charAt(token.start()) == '"';
    }

    private String word(int index) {
        return index < tokens.size()
                ? text.substring(tokens.get(index).start(), tokens.get(index).end())
                        .toUpperCase(Locale.ROOT)
                : "";
    }
}
