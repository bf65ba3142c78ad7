package app.trackpay.apply;

import java.util.stream.Collectors;

/**
 * A statement outside a transaction that the history has as begun and not as ended.
 *
 * @param statement its words; strings are left out, since they may be secrets
 * @param failed the server refused it, so it did not end well, and may have left something; else nobody knows
 */
public record Attempt(String statement, boolean failed) {

    /** A statement as the history keeps it: comments and spacing do not count. */
    static String words(String text) {
        return Words.of(text).stream()
                .map(word -> word.startsWith("$") || !word.startsWith("\"") && word.endsWith("'") ? "'\u2026'" : word)
                .collect(Collectors.joining(" "));
    }
}
