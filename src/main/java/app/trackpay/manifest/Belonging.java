package app.trackpay.manifest;

import java.util.Optional;
import java.util.stream.Stream;

/** Which object another goes with: a column with its table, a table with its schema. */
record Belonging(Manifest manifest) {

    /** The object that takes this one along when it is dropped, if the manifest has it. */
    Optional<Entry> owner(Entry entry) {
        ObjectName object = entry.object();
        return switch (object.kind()) {
            case COLUMN, POLICY, TRIGGER, RULE, CONSTRAINT -> first(relation(object.container()));
            case INDEX -> first(relation(entry.text("table")));
            case SEQUENCE -> {
                ObjectName column = new ObjectName(Kind.COLUMN, entry.text("owned by"));
                yield first(Stream.concat(Stream.of(column), relation(column.container())))
                        .or(() -> schema(object));
            }
            case TABLE ->
                manifest.entry(new ObjectName(Kind.TABLE, entry.text("partition of")))
                        .or(() -> schema(object));
            case VIEW, MATERIALIZED_VIEW, FUNCTION, TYPE -> schema(object);
            case DEFAULT_PRIVILEGES ->
                manifest.entry(new ObjectName(Kind.SCHEMA, object.name().replaceFirst("^.* in (.*) on \\w+$", "$1")));
            case EXTENSION, SCHEMA, PUBLICATION, ROLE -> Optional.empty();
        };
    }

    private static Stream<ObjectName> relation(String name) {
        return Stream.of(Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.TYPE)
                .map(kind -> new ObjectName(kind, name));
    }

    private Optional<Entry> first(Stream<ObjectName> candidates) {
        return candidates.flatMap(name -> manifest.entry(name).stream()).findFirst();
    }

    private Optional<Entry> schema(ObjectName object) {
        return manifest.entry(new ObjectName(Kind.SCHEMA, object.schema()));
    }
}
