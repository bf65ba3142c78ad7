package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Index;
import java.util.stream.Stream;

/**
 * Indexes: not those that serve a constraint, which says it all; not the parts of a partitioned one, which come and go with it; and not those
 * that somebody is building just now.
 */
final class IndexEntries {

    private IndexEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        return catalog.indexes().stream()
                .filter(index -> coverage.relation(index.table()))
                .filter(index -> index.constraint().isEmpty())
                .filter(index -> index.partitionOf().isEmpty())
                .filter(index -> !index.building())
                .map(IndexEntries::entry);
    }

    private static Entry entry(Index index) {
        return Attributes.of(ObjectName.of(Kind.INDEX, index.name()))
                .text("table", index.table().sql())
                .text(
                        "definition",
                        index.definition().substring(index.definition().indexOf(" USING ") + 1))
                .flag("unique", index.unique())
                .flag("valid", index.valid())
                .entry();
    }
}
