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
 */
final class Declarations {

    private final Scope scope;
    private final Map<QualifiedName, Set<String>> tables = new LinkedHashMap<>();
    private final Map<String, ProvidedFunction> functions = new LinkedHashMap<>();
    private boolean whole = true;

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

    void mayBeMore() {
        whole = false;
    }

    /** Whether there is no such table; never when some may be hidden. */
    boolean lacks(QualifiedName table) {
        return whole && !tables.containsKey(table);
    }

    /** Whether a table is known not to have a column: its columns are declared and this is none of them. */
    boolean lacks(ColumnName column) {
        Set<String> columns = tables.getOrDefault(column.table(), Set.of());
        return whole && !columns.isEmpty() && !columns.contains(column.column());
    }

    /** Whether a table of this name is provided in the schema of unqualified names. */
    boolean hasUnqualified(String table) {
        return tables.containsKey(new QualifiedName(scope.schemas().get(0), table));
    }

    Set<String> columns(QualifiedName table) {
        return tables.getOrDefault(table, Set.of());
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
