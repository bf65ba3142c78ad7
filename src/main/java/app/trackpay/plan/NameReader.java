package app.trackpay.plan;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.QualifiedName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads names of the plan and notes those that nothing stands behind. */
final class NameReader {

    private final Declarations declared;
    private final Mistakes mistakes;

    NameReader(Declarations declared, Mistakes mistakes) {
        this.declared = declared;
        this.mistakes = mistakes;
    }

    /** The name of a table, index or the like, whether or not there is one. */
    Optional<QualifiedName> qualified(Written written) {
        Optional<QualifiedName> name = WrittenName.parts(written.text(), 2).map(this::qualified);
        return noted(name, written, "is not a name; write name or schema.name, unusual names in double quotes");
    }

    /** A table that a step provides. */
    Optional<QualifiedName> table(Written written) {
        return qualified(written).filter(name -> known(name, written));
    }

    /** A table that a step provides, or one of a schema that the plan does not answer for, such as {@code auth.users}. */
    Optional<QualifiedName> tableAnywhere(Written written) {
        return qualified(written).filter(name -> !declared.answersFor(name.schema()) || known(name, written));
    }

    /** {@code table.column} or {@code schema.table.column} of a table that a step provides. */
    Optional<ColumnName> column(Written written) {
        return anyColumn(written).filter(column -> known(column.table(), written));
    }

    /** A column that a step provides or names; its table may list none, then it can be any. */
    Optional<ColumnName> providedColumn(Written written) {
        return column(written).filter(column -> {
            if (declared.lacks(column)) {
                Collection<String> columns = declared.columns(column.table());
                mistakes.add(
                        written.place(),
                        "no step provides column " + column.column() + " of table " + declared.shown(column.table())
                                + Nearest.hint(column.column(), columns));
                return false;
            }
            return true;
        });
    }

    /** A column of a provided table, or of a table the plan does not answer for, such as {@code auth.users.id}. */
    Optional<ColumnName> columnAnywhere(Written written) {
        return anyColumn(written).filter(column -> foreign(column.table()) || known(column.table(), written));
    }

    /** What a foreign key leads to: {@code table}, {@code table.column}, {@code schema.table} or {@code schema.table.column}. */
    Optional<Reference> reference(Written written) {
        Optional<Reference> reference = WrittenName.parts(written.text(), 3).map(parts -> {
            if (parts.size() == 3) {
                return new Reference(new QualifiedName(parts.get(0), parts.get(1)), Optional.of(parts.get(2)));
            }
            // Two names say schema.table unless the first is a table, or meant to be one
            return parts.size() == 2 && isTable(parts.get(0))
                    ? new Reference(qualified(parts.subList(0, 1)), Optional.of(parts.get(1)))
                    : new Reference(qualified(parts), Optional.empty());
        });
        return noted(reference, written, "is not a table; write table, table.column or schema.table.column")
                .filter(found -> foreign(found.table()) || known(found.table(), written));
    }

    /**
     * @param column empty: the table's primary key
     */
    record Reference(QualifiedName table, Optional<String> column) {}

    /** {@code name(type, type)}. */
    Optional<ProvidedFunction> signature(Written written) {
        Optional<ProvidedFunction> function = WrittenName.call(written.text())
                .flatMap(call -> WrittenName.parts(call.get(0), 2)
                        .map(name -> new ProvidedFunction(
                                qualified(name),
                                List.copyOf(call.subList(1, call.size())),
                                Optional.empty(),
                                Optional.empty())));
        return noted(function, written, "is not a function; write name() or name(uuid, text), with the argument types");
    }

    /** A function that a step provides, with what the step says about it. */
    Optional<ProvidedFunction> function(Written written) {
        return signature(written).flatMap(signature -> {
            Optional<ProvidedFunction> found = declared.function(signature);
            if (found.isEmpty()) {
                mistakes.add(
                        written.place(),
                        "no step provides function " + signature.signature()
                                + near(
                                        signature.signature(),
                                        declared.signatures(),
                                        "; add it to the \"functions\" of the step that makes it"));
            }
            return found;
        });
    }

    private Optional<ColumnName> anyColumn(Written written) {
        Optional<ColumnName> column = WrittenName.parts(written.text(), 3)
                .filter(parts -> parts.size() > 1)
                .map(parts ->
                        new ColumnName(qualified(parts.subList(0, parts.size() - 1)), parts.get(parts.size() - 1)));
        return noted(column, written, "is not a column; write table.column or schema.table.column");
    }

    private boolean known(QualifiedName table, Written written) {
        if (!declared.lacks(table)) {
            return true;
        }
        mistakes.add(
                written.place(),
                "no step provides table " + table
                        + near(
                                declared.shown(table),
                                declared.tableNames(),
                                "; add it to the \"tables\" of the step that makes it"));
        return false;
    }

    /** Out of the plan's scope, and not just a slip of the pen in a name that is in it. */
    private boolean foreign(QualifiedName table) {
        boolean sameSchema = declared.scope().schemas().contains(table.schema());
        return !declared.scope().covers(table)
                && !(sameSchema
                        && Nearest.to(declared.shown(table), declared.tableNames())
                                .isPresent());
    }

    private boolean isTable(String name) {
        // auth.users is where most plans lead to, however near "auth" comes to the name of a table
        return declared.hasUnqualified(name)
                || (!name.equals("auth")
                        && !declared.scope().schemas().contains(name)
                        && Nearest.to(name, declared.tableNames()).isPresent());
    }

    private QualifiedName qualified(List<String> parts) {
        return parts.size() == 1
                ? new QualifiedName(declared.scope().schemas().get(0), parts.get(0))
                : new QualifiedName(parts.get(0), parts.get(1));
    }

    private <T> Optional<T> noted(Optional<T> name, Written written, String otherwise) {
        if (name.isEmpty()) {
            mistakes.add(written.place(), "\"" + written.text() + "\" " + otherwise);
        }
        return name;
    }

    private static String near(String written, Collection<String> known, String otherwise) {
        return Nearest.to(written, known)
                .map(word -> "; did you mean \"" + word + "\"?")
                .orElse(otherwise);
    }
}
