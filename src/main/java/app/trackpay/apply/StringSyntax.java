package app.trackpay.apply;

import java.util.List;
import java.util.Locale;

/**
 * What a backslash in a plain string means: nothing, unless the file sets {@code standard_conforming_strings = off}, as dumps of old
 * databases do. Only statements at the top level of the file are followed; before a text with a backslash is sent, the server is asked
 * whether it agrees.
 */
final class StringSyntax {

    private static final String SETTING = "STANDARD_CONFORMING_STRINGS";

    private boolean escapes;
    private boolean before;
    private boolean changed;

    boolean escapes() {
        return escapes;
    }

    /** A transaction ends, and with it what SET LOCAL did. */
    void transactionEnds() {
        escapes = before;
    }

    /** A new session, as far as settings go. */
    void sessionBegins() {
        escapes = false;
        before = false;
    }

    /**
     * @param words of a statement that the server runs next, unquoted and in upper case whatever they were
     * @return whether it says what a backslash means, be it for the first time or again
     */
    boolean follow(List<String> words) {
        changed = false;
        switch (words.isEmpty() ? "" : words.get(0)) {
            case "SET" -> set(words);
            case "RESET" -> {
                if (words.contains(SETTING) || words.contains("ALL")) {
                    become(false, false);
                }
            }
            case "DISCARD" -> {
                if (words.contains("ALL")) {
                    become(false, false);
                }
            }
            case "SELECT" -> select(words);
            default -> {
                // changes no setting
            }
        }
        return changed;
    }

    /** {@code SET [SESSION | LOCAL] name { TO | = } value}. */
    private void set(List<String> words) {
        boolean scoped = words.size() > 1 && List.of("SESSION", "LOCAL").contains(words.get(1));
        int name = scoped ? 2 : 1;
        if (words.size() > name + 2 && words.get(name).equals(SETTING)) {
            become(isOff(words.get(name + 2)), words.get(1).equals("LOCAL"));
        }
    }

    /** {@code SELECT set_config('name', 'value', is_local)}. */
    private void select(List<String> words) {
        int call = words.indexOf("SET_CONFIG");
        if (call > 0 && words.size() > call + 6 && words.get(call + 2).equals(SETTING)) {
            become(isOff(words.get(call + 4)), "TRUE".startsWith(words.get(call + 6)));
        }
    }

    private void become(boolean now, boolean local) {
        changed = true;
        escapes = now;
        if (!local) {
            before = now;
        }
    }

    /** The server takes any beginning of these words. */
    private static boolean isOff(String value) {
        String word = value.toUpperCase(Locale.ROOT);
        return word.length() > 1 && "OFF".startsWith(word)
                || !word.isEmpty() && ("FALSE".startsWith(word) || "NO".startsWith(word) || word.equals("0"));
    }
}
