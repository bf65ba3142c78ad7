package app.trackpay.apply;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The surface of PostgreSQL's and psql's language: enough to know what is quoted, what is a comment and what is neither. What is left open
 * at the end of the text reaches to the end: the server says so best.
 */
final class Lexer {

    /** What a token is. */
    enum Kind {
        /** A keyword or an unquoted name. */
        WORD,
        /** A string, a dollar-quoted string or a quoted name. */
        QUOTED,
        /** A comment that ends with its line. */
        LINE_COMMENT,
        /** A backslash outside quotes and what follows it on its line: psql's. */
        COMMAND,
        /** {@code ;}, or {@code \;}: the one that psql does not stop at, and the server does. */
        SEMICOLON,
        OPEN,
        CLOSE,
        /** Anything else: a number, a parameter, a character of an operator. */
        OTHER,
        /** The end of the text. */
        END
    }

    /** A stretch of the text, {@code end} exclusive. */
    record Token(Kind kind, int start, int end) {}

    private static final Pattern DOLLAR_TAG =
            Pattern.compile("\\$(?:[A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z_0-9\\x{80}-\\x{10FFFF}]*)?\\$");

    /** Strings on either side of a line end are one string, and an escape string stays one. */
    private static final Pattern CONTINUATION =
            Pattern.compile("[ \\t\\f\\x0B]*(?:--[^\\r\\n]*)?[\\r\\n](?:\\s|--[^\\r\\n]*[\\r\\n])*'");

    private final String text;
    private int position;
    private boolean escapes;

    Lexer(String text) {
        this.text = text;
    }

    /** Goes on at another place of the text. */
    void jump(int to) {
        position = to;
    }

    /** Whether a backslash escapes in any string from here on: {@code standard_conforming_strings = off}. */
    void escapes(boolean anywhere) {
        escapes = anywhere;
    }

    /** The next token; space and block comments are passed over. */
    Token next() {
        skipBlanks();
        int start = position;
        if (start == text.length()) {
            return new Token(Kind.END, start, start);
        }
        return new Token(read(text.charAt(start)), start, position);
    }

    private Kind read(char c) {
        return switch (c) {
            case ';' -> single(Kind.SEMICOLON);
            case '(' -> single(Kind.OPEN);
            case ')' -> single(Kind.CLOSE);
            case '\\' -> text.startsWith("\\;", position) ? semicolon() : restOfLine(Kind.COMMAND);
            case '\'' -> quoted('\'', escapes && !bits());
            case '"' -> quoted('"', false);
            case '$' -> dollar();
            case '-' -> text.startsWith("--", position) ? restOfLine(Kind.LINE_COMMENT) : single(Kind.OTHER);
            default -> isNameStart(c) ? word() : isDigit(c) ? number() : single(Kind.OTHER);
        };
    }

    private void skipBlanks() {
        while (position < text.length()) {
            if (isBlank(text.charAt(position))) {
                position++;
            } else if (text.startsWith("/*", position)) {
                skipBlockComment();
            } else {
                return;
            }
        }
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (text.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (text.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0 && position < text.length());
    }

    private Kind single(Kind kind) {
        position++;
        return kind;
    }

    private Kind semicolon() {
        position += 2;
        return Kind.SEMICOLON;
    }

    /** Whether the quote here begins a bit string or {@code U&'...'}, in which a backslash never escapes a quote. */
    private boolean bits() {
        int prefix = text.startsWith("&", position - 1) ? position - 2 : position - 1;
        String allowed = prefix == position - 1 ? "bBxX" : "uU";
        return prefix >= 0
                && allowed.indexOf(text.charAt(prefix)) >= 0
                && (prefix == 0 || !isNamePart(text.charAt(prefix - 1)));
    }

    private Kind restOfLine(Kind kind) {
        while (position < text.length() && text.charAt(position) != '\n' && text.charAt(position) != '\r') {
            position++;
        }
        return kind;
    }

    private Kind word() {
        int start = position;
        while (position < text.length() && isNamePart(text.charAt(position))) {
            position++;
        }
        boolean escapes = position == start + 1 && (text.charAt(start) == 'e' || text.charAt(start) == 'E');
        return escapes && text.startsWith("'", position) ? quoted('\'', true) : Kind.WORD;
    }

    private Kind number() {
        while (position < text.length() && isNamePart(text.charAt(position)) && text.charAt(position) != '$') {
            position++;
        }
        return Kind.OTHER;
    }

    private Kind dollar() {
        Matcher tag = DOLLAR_TAG.matcher(text).region(position, text.length());
        if (!tag.lookingAt()) {
            position++;
            return position < text.length() && isDigit(text.charAt(position)) ? number() : Kind.OTHER;
        }
        int close = text.indexOf(tag.group(), tag.end());
        position = close < 0 ? text.length() : close + tag.group().length();
        return Kind.QUOTED;
    }

    private Kind quoted(char quote, boolean escapes) {
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '\\' && escapes) {
                position = Math.min(position + 1, text.length());
            } else if (c == quote && !text.startsWith(String.valueOf(quote), position)) {
                if (!escapes || !continues()) {
                    return Kind.QUOTED;
                }
            } else if (c == quote) {
                position++;
            }
        }
        return Kind.QUOTED;
    }

    private boolean continues() {
        Matcher more = CONTINUATION.matcher(text).region(position, text.length());
        if (more.lookingAt()) {
            position = more.end();
            return true;
        }
        return false;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u000B';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '$';
    }
}
