package app.trackpay.probe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How one try ended.
 *
 * @param key of the row it was made on; empty where it was made on none
 * @param variant what was changed in the row, for people; empty for nothing
 * @param state the SQLSTATE, {@code 00000} for a statement that worked
 * @param message the server's own words
 * @param touched how many rows it wrote
 * @param texts what it answered, or which rows it reached; NULL is empty
 * @param holds whether what was asked behind it is true
 * @param meant whether the plan allows it, where that is asked row by row
 */
record Outcome(
        String key,
        String variant,
        String state,
        String message,
        long touched,
        List<Optional<String>> texts,
        boolean holds,
        Optional<Boolean> meant) {

    static final String SKIPPED = "TPSKP";

    private static final String NOT_TRIED = "TPNOT";

    static Outcome of(JsonParser json) throws IOException {
        String key = "";
        String variant = "";
        String state = "";
        String message = "";
        long touched = 0;
        List<Optional<String>> texts = List.of();
        boolean holds = false;
        Optional<Boolean> meant = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "key" -> key = json.getValueAsString("");
                case "variant" -> variant = json.getValueAsString("");
                case "state" -> state = json.getValueAsString("");
                case "message" -> message = json.getValueAsString("");
                case "touched" -> touched = json.getValueAsLong();
                case "result" -> {
                    holds = json.getValueAsBoolean();
                    texts = Json.list(json, Json::text);
                }
                case "meant" -> meant = value.isBoolean() ? Optional.of(json.getBooleanValue()) : Optional.empty();
                default -> json.skipChildren();
            }
        }
        return new Outcome(key, variant, state, message, touched, texts, holds, meant);
    }

    /** Otherwise the same role ran out of stack at the same table before. */
    boolean tried() {
        return !state.equals(NOT_TRIED);
    }

    boolean worked() {
        return state.equals("00000");
    }

    /** It wrote. */
    boolean took() {
        return worked() && touched > 0;
    }

    /** A trigger made a row that the plan allows of the one that was sent. */
    boolean putRight() {
        return holds;
    }

    /** Row level security let it through. Constraints are asked after the policies: what fails there was allowed. */
    boolean allowed() {
        return took() || state.startsWith("23");
    }

    /** No rows, no privilege, a trigger's own word, or a row that somebody else has locked: an answer to expect from a database that guards its rows. */
    boolean refused() {
        return worked() && touched == 0 || state.equals("42501") || state.equals("55P03") || state.startsWith("P0");
    }

    /** Neither: the statement itself does not work. */
    boolean broken() {
        return !allowed() && !refused();
    }

    /** For people: the row, and what was changed in it. */
    String name() {
        return variant.isEmpty() ? key : key + " with " + variant;
    }

    /** For people: how the server said no. */
    String error() {
        if (!tried()) {
            return Cell.NOT_TRIED + " after " + message;
        }
        return worked() ? touched + " rows, no error" : state + ", " + message;
    }

    List<String> keys() {
        return texts.stream().map(text -> text.orElse("null")).toList();
    }
}
