package app.trackpay.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

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

    static Answer of(Task task, JsonNode json) {
        return new Answer(
                task,
                json.path("total").asInt(),
                StreamSupport.stream(json.path("meant").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList(),
                StreamSupport.stream(json.path("tries").spliterator(), false)
                        .map(Outcome::of)
                        .filter(outcome -> !outcome.state().equals(Outcome.SKIPPED))
                        .toList());
    }
}
