package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.Constraint.Reference;
import app.trackpay.catalog.DeleteRule;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Index;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.UserType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Constraints of tables and domains, taken apart so that a changed delete rule is called just that. */
final class ConstraintEntries {

    private static final Pattern TAIL = Pattern.compile(
            "( ON UPDATE (?:CASCADE|RESTRICT|SET NULL|SET DEFAULT))?( ON DELETE (?:CASCADE|RESTRICT|SET NULL|SET DEFAULT)(?: \\([^)]*\\))?)?"
                    + "( DEFERRABLE)?( INITIALLY DEFERRED)?( NOT ENFORCED)?( NOT VALID)?$");

    private static final Pattern OPTIONS = Pattern.compile(" WITH \\((.*)\\)(?: WHERE .*)?$", Pattern.DOTALL);

    private ConstraintEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        Map<QualifiedName, Map<String, Index>> indexes = catalog.indexes().stream()
                .filter(index -> index.constraint().isPresent())
                .collect(Collectors.groupingBy(
                        Index::table,
                        Collectors.toMap(index -> index.constraint().orElseThrow(), Function.identity())));
        Map<QualifiedName, QualifiedName> parents = catalog.relations().stream()
                .filter(relation -> relation.partitionOf().isPresent())
                .collect(Collectors.toMap(
                        Relation::name, relation -> relation.partitionOf().orElseThrow()));
        Map<QualifiedName, List<Constraint>> byTable =
                catalog.constraints().stream().collect(Collectors.groupingBy(Constraint::table));
        Set<QualifiedName> domains =
                catalog.types().stream().map(UserType::name).collect(Collectors.toSet());
        return catalog.constraints().stream()
                .filter(constraint -> constraint.type() != Constraint.Type.TRIGGER)
                .filter(constraint -> coverage.relation(constraint.table())
                        // a domain's go with the schema, a table's with the table
                        || domains.contains(constraint.table())
                                && coverage.schema(constraint.table().schema()))
                .filter(constraint -> !isInherited(constraint, parents, byTable))
                .flatMap(constraint -> {
                    Optional<Index> index = Optional.ofNullable(
                            indexes.getOrDefault(constraint.table(), Map.of()).get(constraint.name()));
                    return index.flatMap(Index::partitionOf).isPresent()
                            ? Stream.empty()
                            : Stream.of(entry(constraint, index));
                });
    }

    private static boolean isInherited(
            Constraint constraint,
            Map<QualifiedName, QualifiedName> parents,
            Map<QualifiedName, List<Constraint>> byTable) {
        return constraint.type() == Constraint.Type.CHECK
                && Optional.ofNullable(parents.get(constraint.table())).stream()
                        .flatMap(parent -> byTable.getOrDefault(parent, List.of()).stream())
                        .anyMatch(same -> same.name().equals(constraint.name())
                                && same.definition().equals(constraint.definition()));
    }

    private static Entry entry(Constraint constraint, Optional<Index> index) {
        Matcher tail = TAIL.matcher(constraint.definition());
        String definition = tail.find() ? constraint.definition().substring(0, tail.start()) : constraint.definition();
        Attributes attributes = Attributes.of(ObjectName.of(Kind.CONSTRAINT, constraint.table(), constraint.name()))
                .text("definition", definition)
                .flag("deferrable", constraint.deferrable())
                .flag("initially deferred", constraint.initiallyDeferred())
                .flag("validated", constraint.validated());
        if (constraint.definition().contains(" NOT ENFORCED")) {
            attributes.flag("enforced", false);
        }
        constraint
                .reference()
                .ifPresent(reference -> attributes
                        .text("on delete", onDelete(reference))
                        .text("on update", reference.onUpdate().sql()));
        index.ifPresent(i -> {
            Matcher options = OPTIONS.matcher(i.definition());
            if (options.find()) {
                attributes.text("index options", options.group(1));
            }
            if (!i.valid()) {
                attributes.flag("index valid", false);
            }
        });
        return attributes.entry();
    }

    private static String onDelete(Reference reference) {
        boolean narrowed = !reference.setColumns().isEmpty()
                && (reference.onDelete() == DeleteRule.SET_NULL || reference.onDelete() == DeleteRule.SET_DEFAULT);
        return reference.onDelete().sql()
                + (narrowed
                        ? reference.setColumns().stream()
                                .map(Identifier::quote)
                                .collect(Collectors.joining(", ", " (", ")"))
                        : "");
    }
}
