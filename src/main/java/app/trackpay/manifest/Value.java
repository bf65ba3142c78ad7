package app.trackpay.manifest;

import java.util.Arrays;
import java.util.List;

/**
 * What an attribute is: a text, or several.
 *
 * @param lines one for a short text; a text of several lines and a list have as many as they have lines or elements
 */
public record Value(List<String> lines) {

    private static final Value YES = of("yes");
    private static final Value NO = of("no");

    public Value {
        lines = List.copyOf(lines);
    }

    /** A text, line ends included. */
    static Value of(String text) {
        return new Value(text.indexOf('\n') < 0 ? List.of(text) : Arrays.asList(text.split("\n", -1)));
    }

    static Value of(boolean flag) {
        return flag ? YES : NO;
    }

    /** The text it was made of. */
    String text() {
        return String.join("\n", lines);
    }

    boolean isTrue() {
        return equals(YES);
    }

    /** Whether a person can take it in at one glance. */
    boolean isShort() {
        return lines.size() == 1;
    }

    @Override
    public String toString() {
        return text();
    }
}
