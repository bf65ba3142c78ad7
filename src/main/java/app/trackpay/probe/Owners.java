package app.trackpay.probe;

import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The columns that say whose a row is, as foreign keys to the logins tell it. */
final class Owners {

    private final Ids ids;

    Owners(Ids ids) {
        this.ids = ids;
    }

    /** Those a row cannot do without; failing these the one the server fills in with the caller, or else the only one. */
    List<Column> of(Relation table) {
        List<Column> all = table.columns().stream()
                .filter(c -> c.type().equals("uuid") && isLogin(table.name(), c))
                .toList();
        List<Column> needed = all.stream().filter(Column::notNull).toList();
        List<Column> filledIn = all.stream().filter(Owners::isCaller).toList();
        if (!needed.isEmpty()) {
            return needed;
        }
        return filledIn.isEmpty() && all.size() == 1 ? all : filledIn;
    }

    boolean knows(Relation table) {
        return !of(table).isEmpty();
    }

    /** A column that may be NULL may also say who changed a row last. */
    boolean areSure(Relation table) {
        return of(table).stream().anyMatch(c -> c.notNull() || isCaller(c));
    }

    /** That a row is tied to the caller, be it as sender or as recipient. */
    String condition(Relation table) {
        return of(table).stream()
                .map(c -> Identifier.quote(c.name()) + " = :auth")
                .collect(Collectors.joining(" OR "));
    }

    boolean isLogin(QualifiedName table, Column column) {
        return ids.of(new ColumnName(table, column.name())).equals(Optional.of(Ids.Kind.AUTH));
    }

    Optional<ColumnName> referenced(QualifiedName table, Column column) {
        return ids.referenced(new ColumnName(table, column.name()));
    }

    private static boolean isCaller(Column column) {
        return column.defaultExpression().filter(e -> e.contains("auth.uid()")).isPresent();
    }
}
