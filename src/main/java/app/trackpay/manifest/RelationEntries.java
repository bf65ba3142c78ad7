package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables with their columns, and views. */
final class RelationEntries {

    private RelationEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        Map<QualifiedName, Relation> relations =
                catalog.relations().stream().collect(Collectors.toMap(Relation::name, Function.identity()));
        return catalog.relations().stream()
                .filter(relation -> coverage.relation(relation.name()))
                .flatMap(relation -> switch (relation.kind()) {
                    case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE ->
                        Stream.concat(Stream.of(table(relation)), columns(relation, relations));
                    case VIEW -> Stream.of(view(relation, Kind.VIEW));
                    case MATERIALIZED_VIEW -> Stream.of(view(relation, Kind.MATERIALIZED_VIEW));
                });
    }

    private static Entry table(Relation table) {
        return Attributes.of(ObjectName.of(Kind.TABLE, table.name()))
                .text("kind", table.kind().toString())
                .text("owner", table.owner())
                .flag("row security", table.rowSecurity())
                .flag("force row security", table.forceRowSecurity())
                .text("persistence", table.persistence())
                .text("replica identity", table.replicaIdentity())
                .list("options", table.options())
                .text("partition key", table.partitionKey())
                .text("partition of", table.partitionOf().map(QualifiedName::sql))
                .text("partition bound", table.partitionBound())
                .privileges(Privileges.of(table.grants(), table.owner(), Privileges.Whole.TABLE))
                .entry();
    }

    /** The columns of a partition say only what they do not have from the partitioned table: they come and go with it. */
    private static Stream<Entry> columns(Relation table, Map<QualifiedName, Relation> relations) {
        Optional<Relation> parent = table.partitionOf().map(relations::get);
        return table.columns().stream().flatMap(column -> {
            boolean inherited = parent.flatMap(p -> p.column(column.name()))
                    .filter(same -> shape(same, same.identity()).equals(shape(column, identity(table, column, same))))
                    .isPresent();
            if (inherited && column.grants().isEmpty()) {
                return Stream.empty();
            }
            Attributes attributes = Attributes.of(ObjectName.of(Kind.COLUMN, table.name(), column.name()));
            if (!inherited) {
                describe(column, attributes);
            }
            return Stream.of(
                    attributes.privileges(Privileges.of(column.grants())).entry());
        });
    }

    private static void describe(Column column, Attributes attributes) {
        attributes
                .text("type", column.type())
                .text("collation", column.collation())
                .flag("not null", column.notNull())
                .text("identity", column.identity());
        if (column.generated().isPresent()) {
            attributes.text(
                    "generated",
                    column.defaultExpression().orElse("") + " "
                            + column.generated().orElseThrow());
        } else {
            attributes.text("default", column.defaultExpression());
        }
    }

    /** Only since 17 a partition's column has the identity of the partitioned table's; it behaves the same before. */
    private static Optional<String> identity(Relation table, Column column, Column same) {
        return table.partitionBound().isPresent() ? column.identity().or(same::identity) : column.identity();
    }

    private static Column shape(Column column, Optional<String> identity) {
        return new Column(
                column.name(),
                column.type(),
                column.notNull(),
                column.defaultExpression(),
                identity,
                column.generated(),
                column.collation(),
                List.of());
    }

    /** A view's columns follow from its query, all but their privileges and defaults. */
    private static Entry view(Relation view, Kind kind) {
        Attributes attributes = Attributes.of(ObjectName.of(kind, view.name()))
                .text("owner", view.owner())
                .text("definition", view.definition())
                .list("options", view.options())
                .privileges(Privileges.of(view.grants(), view.owner(), Privileges.Whole.TABLE));
        view.columns()
                .forEach(column -> attributes
                        .text("default of " + Identifier.quote(column.name()), column.defaultExpression())
                        .privileges(Privileges.ofColumn(column.grants(), column.name())));
        return attributes.entry();
    }
}
