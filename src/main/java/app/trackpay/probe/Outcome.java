package app.trackpay.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * How one try ended.
 *
 * @param key of the row it was made on; empty where it was made on none
 * @param variant what was changed in the row, for people; empty for nothing
 * @param state the SQLSTATE, {@code 00000} for a statement that worked
 * @param message the server's own words
 * @param touched how many rows it wrote
 * @param result what it answered
 * @param meant whether the plan allows it, where that is asked row by row
 */
record Outcome(
        String key,
        String variant,
        String state,
        String message,
        long touched,
        JsonNode result,
        Optional<Boolean> meant) {

    static final String SKIPPED = "TPSKP";

    private static final String NOT_TRIED = "TPNOT";

    static Outcome of(JsonNode json) {
        JsonNode meant = json.path("meant");
        return new Outcome(
                json.path("key").asText(""),
                json.path("variant").isTextual() ? json.path("variant").asText() : "",
                json.path("state").asText(),
                json.path("message").isTextual() ? json.path("message").asText() : "",
                json.path("touched").asLong(),
                json.path("result"),
                meant.isBoolean() ? Optional.of(meant.asBoolean()) : Optional.empty());
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
        return result.asBoolean();
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
        return StreamSupport.stream(result.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
