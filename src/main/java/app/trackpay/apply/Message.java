package app.trackpay.apply;

import java.util.ArrayList;
import java.util.List;

/**
 * Statements of apply's own that the server gets at once, so that they cost one wait for its answer. It runs them in order and none after the
 * first that fails.
 *
 * @param text statements with a semicolon between them, and a question mark for each value
 * @param values strings, numbers and booleans, which the driver writes into the text as the server reads strings at that moment
 */
record Message(String text, List<Object> values) {

    static final Message NOTHING = new Message("", List.of());

    Message {
        values = List.copyOf(values);
    }

    static Message of(String text, Object... values) {
        String bare = text.strip();
        return new Message(bare.endsWith(";") ? bare.substring(0, bare.length() - 1) : bare, List.of(values));
    }

    /** This one, and behind it another. */
    Message then(Message next) {
        if (isNothing() || next.isNothing()) {
            return isNothing() ? next : this;
        }
        List<Object> all = new ArrayList<>(values);
        all.addAll(next.values);
        return new Message(text + "\n;\n" + next.text, all);
    }

    boolean isNothing() {
        return text.isEmpty();
    }
}
