package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.UserType;
import java.util.stream.Stream;

/** Enums, domains, composite and range types. */
final class TypeEntries {

    private static final String COLLATE = "COLLATE ";
    private static final String NOT_NULL = "NOT NULL";
    private static final String DEFAULT = "DEFAULT ";

    private TypeEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        return catalog.types().stream()
                .filter(type -> coverage.schema(type.name().schema()))
                .map(TypeEntries::entry);
    }

    private static Entry entry(UserType type) {
        Attributes attributes = Attributes.of(ObjectName.of(Kind.TYPE, type.name()))
                .text("kind", type.kind())
                .text("owner", type.owner())
                .privileges(Privileges.of(type.grants(), type.owner(), Privileges.Whole.TYPE));
        switch (type.kind()) {
            case "enum" -> attributes.list("labels", type.members());
            case "composite" -> attributes.list("attributes", type.members());
            case "domain" -> domain(type, attributes);
            default -> attributes.list("definition", type.members());
        }
        return attributes.entry();
    }

    private static void domain(UserType type, Attributes attributes) {
        attributes
                .text("type", type.members().get(0))
                .flag("not null", type.members().contains(NOT_NULL));
        for (String member : type.members().subList(1, type.members().size())) {
            if (member.startsWith(COLLATE)) {
                attributes.text("collation", member.substring(COLLATE.length()));
            } else if (member.startsWith(DEFAULT)) {
                attributes.text("default", member.substring(DEFAULT.length()));
            }
        }
    }
}
