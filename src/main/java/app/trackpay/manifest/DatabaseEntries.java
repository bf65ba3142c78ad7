package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.DefaultPrivilege;
import app.trackpay.catalog.Identifier;
import java.util.stream.Stream;

/** Extensions, schemas, and the privileges of objects to come. */
final class DatabaseEntries {

    private DatabaseEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        Stream<Entry> extensions = catalog.extensions().stream()
                .filter(extension -> coverage.extension(extension.name()))
                .map(extension -> Attributes.of(ObjectName.of(Kind.EXTENSION, extension.name()))
                        .text("version", extension.version())
                        .text("schema", extension.schema())
                        .entry());
        Stream<Entry> schemas = catalog.schemas().stream()
                .filter(schema -> coverage.schema(schema.name()))
                .map(schema -> Attributes.of(ObjectName.of(Kind.SCHEMA, schema.name()))
                        .text("owner", schema.owner())
                        .privileges(Privileges.of(schema.grants(), schema.owner(), Privileges.Whole.SCHEMA))
                        .entry());
        Stream<Entry> defaults = catalog.defaultPrivileges().stream()
                .filter(d -> !coverage.platformRole(d.role()))
                .filter(d -> d.schema().map(coverage::schema).orElse(true))
                .map(DatabaseEntries::defaultPrivileges);
        return Stream.of(extensions, schemas, defaults).flatMap(entries -> entries);
    }

    private static Entry defaultPrivileges(DefaultPrivilege d) {
        String name = "of " + Identifier.quote(d.role())
                + d.schema().map(schema -> " in " + Identifier.quote(schema)).orElse("") + " on " + d.objects();
        return Attributes.of(new ObjectName(Kind.DEFAULT_PRIVILEGES, name))
                .privileges(Privileges.of(d.grants()))
                .entry();
    }
}
