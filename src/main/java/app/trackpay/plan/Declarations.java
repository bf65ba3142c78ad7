package app.trackpay.plan;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.QualifiedName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables and functions that all steps together provide: what the rest of the plan may speak of.
 *
 * <p>Not {@code whole} when a mistake may hide some of them: then nothing counts as unknown, so that one mistake does not look like many.
 * Likewise for columns: a table may list only those that are worth a look, and its keys and indexes name others.
 */
final class Declarations {

    private final Scope scope;
    private final Map<QualifiedName, Set<String>> tables = new LinkedHashMap<>();
    private final Map<String, ProvidedFunction> functions = new LinkedHashMap<>();
    private final Map<QualifiedName, Set<String>> named = new LinkedHashMap<>();
    private boolean whole = true;
    private boolean wholeColumns = true;

    Declarations(Scope scope) {
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }

    void add(ProvidedTable table) {
        Set<String> columns = tables.computeIfAbsent(table.name(), name -> new LinkedHashSet<>());
        table.columns().forEach(column -> columns.add(column.name()));
    }

    void add(ProvidedFunction function) {
        functions.putIfAbsent(comparable(function), function);
    }

    /** Notes the columns that what a step provides speaks of. */
    void name(Provides provides) {
        provides.foreignKeys()
                .forEach(key -> name(key.from().table(), List.of(key.from().column())));
        provides.unique().forEach(unique -> name(unique.on(), unique.columns()));
        provides.indexes().forEach(index -> index.on().ifPresent(table -> name(table, index.columns())));
    }

    private void name(QualifiedName table, List<String> columns) {
        named.computeIfAbsent(table, name -> new LinkedHashSet<>()).addAll(columns);
    }

    void mayBeMore() {
        whole = false;
    }

    void mayNameMore() {
        wholeColumns = false;
    }

    /** Whether there is no such table; never when some may be hidden. */
    boolean lacks(QualifiedName table) {
        return whole && !tables.containsKey(table);
    }

    /** Whether a table is known not to have a column: its columns are declared, and this is none of them nor of those that are named. */
    boolean lacks(ColumnName column) {
        boolean listed = !tables.getOrDefault(column.table(), Set.of()).isEmpty();
        return whole && wholeColumns && listed && !columns(column.table()).contains(column.column());
    }

    /** Whether the tables of a schema are the plan's: it is in the scope, or a step provides one of them. */
    boolean answersFor(String schema) {
        return scope.schemas().contains(schema)
                || tables.keySet().stream().anyMatch(table -> table.schema().equals(schema));
    }

    /** Whether a table of this name is provided in the schema of unqualified names. */
    boolean hasUnqualified(String table) {
        return tables.containsKey(new QualifiedName(scope.schemas().get(0), table));
    }

    /** The columns of a table that are known: the listed ones first. */
    Set<String> columns(QualifiedName table) {
        Set<String> columns = new LinkedHashSet<>(tables.getOrDefault(table, Set.of()));
        columns.addAll(named.getOrDefault(table, Set.of()));
        return columns;
    }

    /** The provided function of a signature, with what its step says about it. */
    Optional<ProvidedFunction> function(ProvidedFunction signature) {
        ProvidedFunction found = functions.get(comparable(signature));
        return found == null && !whole ? Optional.of(signature) : Optional.ofNullable(found);
    }

    List<String> signatures() {
        return functions.values().stream().map(ProvidedFunction::signature).toList();
    }

    /** The tables as the plan would write them. */
    List<String> tableNames() {
        return tables.keySet().stream().map(this::shown).toList();
    }

    /** A table as the plan would write it. */
    String shown(QualifiedName table) {
        return table.schema().equals(scope.schemas().get(0)) ? table.name() : table.toString();
    }

    private static String comparable(ProvidedFunction function) {
        return function.name() + "("
                + String.join(",", function.argumentTypes())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s+", " ") + ")";
    }
}
