package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedTable.ProvidedColumn;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plan's declarations beside the catalog. It knows what another check reports already, so that one fault is one finding: what hangs on
 * a table or column that is missing is silent.
 */
record Contract(Plan plan, Catalog catalog) {

    /** A column of a table, with the step that declares it. */
    record DeclaredColumn(Step step, QualifiedName table, ProvidedColumn column) {}

    /** Everything of a kind, the first declaration of each. */
    <T> List<Declared<T>> once(Function<Provides, ? extends Collection<T>> kind) {
        return onceBy(plan.declared(kind).stream(), Declared::what).toList();
    }

    /** The columns of the audit whose table is there, the first declaration of each. */
    Stream<DeclaredColumn> columns() {
        Stream<DeclaredColumn> all = plan.declared(Provides::tables).stream()
                .flatMap(table -> table.what().columns().stream()
                        .map(column ->
                                new DeclaredColumn(table.step(), table.what().name(), column)));
        return onceBy(all, c -> new ColumnName(c.table(), c.column().name())).filter(c -> hasTable(c.table()));
    }

    Optional<Relation> table(QualifiedName name) {
        return catalog.relation(name).filter(Relation::isTable);
    }

    boolean hasTable(QualifiedName name) {
        return table(name).isPresent();
    }

    /** Whether {@code missing-table} speaks for what hangs on this table. */
    boolean isReportedMissing(QualifiedName table) {
        return plan.provides(table) && !hasTable(table);
    }

    /** Whether {@code missing-table} or {@code missing-column} speaks for what hangs on these columns. */
    boolean isReportedMissing(QualifiedName table, Collection<String> columns) {
        return isReportedMissing(table)
                || table(table).isPresent()
                        && columns()
                                .anyMatch(c -> c.table().equals(table)
                                        && columns.contains(c.column().name())
                                        && table(table)
                                                .orElseThrow()
                                                .column(c.column().name())
                                                .isEmpty());
    }

    private static <T> Stream<T> onceBy(Stream<T> all, Function<T, Object> key) {
        return all
                .collect(Collectors.toMap(key, t -> t, (first, later) -> first, LinkedHashMap::new))
                .values()
                .stream();
    }
}
