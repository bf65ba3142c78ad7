package app.trackpay.manifest;

import java.util.Optional;

/**
 * One attribute in which an object differs.
 *
 * @param attribute its name in the manifest
 * @param expected the manifest's value; empty where it has none
 * @param actual the server's
 * @param direction what it means for access; empty for what is not about access
 */
public record Change(
        String attribute, Optional<Value> expected, Optional<Value> actual, Optional<Direction> direction) {

    String before() {
        return expected.map(Value::text).orElse("");
    }

    String after() {
        return actual.map(Value::text).orElse("");
    }
}
