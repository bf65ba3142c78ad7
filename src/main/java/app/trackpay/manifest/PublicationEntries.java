package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Publication;
import app.trackpay.catalog.Publication.PublishedTable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Publications, each published table as an attribute. */
final class PublicationEntries {

    private PublicationEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        return catalog.publications().stream()
                .filter(publication -> isCovered(publication, coverage))
                .map(publication -> entry(publication, coverage));
    }

    /** Not one that passes on the tables of others only. */
    private static boolean isCovered(Publication publication, Coverage coverage) {
        boolean named =
                !publication.tables().isEmpty() || !publication.schemas().isEmpty();
        return !named
                || publication.tables().stream().anyMatch(table -> coverage.relation(table.table()))
                || publication.schemas().stream().anyMatch(coverage::schema);
    }

    private static Entry entry(Publication publication, Coverage coverage) {
        Attributes attributes = Attributes.of(ObjectName.of(Kind.PUBLICATION, publication.name()))
                .text("owner", publication.owner())
                .flag("all tables", publication.allTables())
                .text("operations", String.join(", ", publication.operations()))
                .flag("via root", publication.viaRoot());
        publication.schemas().stream()
                .filter(coverage::schema)
                .forEach(schema -> attributes.flag("schema " + Identifier.quote(schema), true));
        publication.tables().stream()
                .filter(table -> coverage.relation(table.table()))
                .forEach(table -> describe(table, attributes));
        return attributes.entry();
    }

    private static void describe(PublishedTable table, Attributes attributes) {
        String name = table.table().sql();
        attributes.flag("table " + name, true).text("row filter of " + name, table.filter());
        if (!table.columns().isEmpty()) {
            attributes.text(
                    "columns of " + name,
                    table.columns().stream().map(Identifier::quote).collect(Collectors.joining(", ")));
        }
    }
}
