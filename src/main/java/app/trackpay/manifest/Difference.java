package app.trackpay.manifest;

import java.util.List;
import java.util.Optional;

/** How a server differs from a manifest in one object. */
public sealed interface Difference {

    /** The id of the check that reports it. */
    String check();

    ObjectName object();

    /** What it means for access; empty where it means nothing. */
    Optional<Direction> direction();

    /**
     * The server lacks it.
     *
     * @param along what belongs to it and is missing with it
     */
    record Missing(Entry entry, List<ObjectName> along) implements Difference {

        @Override
        public String check() {
            return "drift-missing";
        }

        @Override
        public ObjectName object() {
            return entry.object();
        }

        @Override
        public Optional<Direction> direction() {
            return Access.of(entry).map(Direction::reversed);
        }
    }

    /**
     * Only the server has it.
     *
     * @param along what belongs to it and came with it
     */
    record Unexpected(Entry entry, List<ObjectName> along) implements Difference {

        @Override
        public String check() {
            return "drift-unexpected";
        }

        @Override
        public ObjectName object() {
            return entry.object();
        }

        @Override
        public Optional<Direction> direction() {
            return Access.of(entry);
        }
    }

    /**
     * Both have it, and it is not the same.
     *
     * @param changes at least one, by attribute
     */
    record Changed(Entry expected, Entry actual, List<Change> changes) implements Difference {

        @Override
        public String check() {
            return "drift-changed";
        }

        @Override
        public ObjectName object() {
            return expected.object();
        }

        @Override
        public Optional<Direction> direction() {
            return Direction.together(changes.stream()
                    .flatMap(change -> change.direction().stream())
                    .toList());
        }

        Optional<Change> change(String attribute) {
            return changes.stream()
                    .filter(change -> change.attribute().equals(attribute))
                    .findFirst();
        }
    }
}
