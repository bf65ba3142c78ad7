package app.trackpay.probe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/**
 * What came of one task.
 *
 * @param total how many rows the table has
 * @param meant the keys of the rows the plan names
 * @param tries in the order they were made
 */
record Answer(Task task, int total, List<String> meant, List<Outcome> tries) {

    /** How many tries were really made. */
    int made() {
        return (int) tries.stream().filter(Outcome::tried).count();
    }

    static Answer of(Task task, JsonParser json) throws IOException {
        int total = 0;
        List<String> meant = List.of();
        List<Outcome> tries = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "total" -> total = json.getValueAsInt();
                case "meant" -> meant = Json.list(json, JsonParser::getText);
                case "tries" -> tries = Json.list(json, Outcome::of);
                default -> json.skipChildren();
            }
        }
        return new Answer(
                task,
                total,
                meant,
                tries.stream()
                        .filter(outcome -> !outcome.state().equals(Outcome.SKIPPED))
                        .toList());
    }
}
