package app.trackpay.manifest;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Collects what is said about one object. */
final class Attributes {

    private final ObjectName object;
    private final TreeMap<String, Value> values = new TreeMap<>();

    private Attributes(ObjectName object) {
        this.object = object;
    }

    static Attributes of(ObjectName object) {
        return new Attributes(object);
    }

    Attributes text(String name, String text) {
        values.put(name, Value.of(text));
        return this;
    }

    Attributes text(String name, Optional<String> text) {
        text.ifPresent(given -> text(name, given));
        return this;
    }

    Attributes flag(String name, boolean flag) {
        values.put(name, Value.of(flag));
        return this;
    }

    /** A list, left out when it is empty. */
    Attributes list(String name, List<String> list) {
        if (!list.isEmpty()) {
            values.put(name, new Value(list));
        }
        return this;
    }

    Attributes privileges(Privileges privileges) {
        privileges.byGrantee().forEach(this::text);
        return this;
    }

    Entry entry() {
        return new Entry(object, values);
    }
}
