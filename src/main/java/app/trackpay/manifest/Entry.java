package app.trackpay.manifest;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One object and everything about it that counts.
 *
 * @param attributes by name; what an object does not have is not there
 */
public record Entry(ObjectName object, SortedMap<String, Value> attributes) {

    public Entry {
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    Optional<Value> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** The text of an attribute; empty where there is none. */
    String text(String name) {
        return attribute(name).map(Value::text).orElse("");
    }

    boolean isTrue(String name) {
        return attribute(name).filter(Value::isTrue).isPresent();
    }
}
