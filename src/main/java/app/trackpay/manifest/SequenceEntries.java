package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Sequence;
import java.util.stream.Stream;

/** Sequences: how they count, never how far they are. One that serves a column goes with the column's table. */
final class SequenceEntries {

    private SequenceEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        return catalog.sequences().stream()
                .filter(sequence -> sequence.ownedBy()
                        .map(column -> coverage.relation(column.table()))
                        .orElseGet(() -> coverage.schema(sequence.name().schema())))
                .map(SequenceEntries::entry);
    }

    private static Entry entry(Sequence sequence) {
        return Attributes.of(ObjectName.of(Kind.SEQUENCE, sequence.name()))
                .text("type", sequence.type())
                .text("start", Long.toString(sequence.start()))
                .text("increment", Long.toString(sequence.increment()))
                .text("minimum", Long.toString(sequence.minimum()))
                .text("maximum", Long.toString(sequence.maximum()))
                .text("cache", Long.toString(sequence.cache()))
                .flag("cycles", sequence.cycles())
                .text(
                        "owned by",
                        sequence.ownedBy()
                                .map(column -> column.table().sql() + "." + Identifier.quote(column.column())))
                .text("owner", sequence.owner())
                .privileges(Privileges.of(sequence.grants(), sequence.owner(), Privileges.Whole.SEQUENCE))
                .entry();
    }
}
