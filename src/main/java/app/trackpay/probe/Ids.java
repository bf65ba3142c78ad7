package app.trackpay.probe;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.Constraint.Type;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.plan.Identity;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which columns name a person, and by which id: as declared, and wherever foreign keys carry it. */
final class Ids {

    /** The kinds of id. */
    enum Kind {
        /** The application's own. */
        ME,
        /** The login's. */
        AUTH
    }

    private static final ColumnName LOGIN = new ColumnName(new QualifiedName("auth", "users"), "id");

    private final Catalog catalog;
    private final Identity identity;

    Ids(Catalog catalog, Identity identity) {
        this.catalog = catalog;
        this.identity = identity;
    }

    /** The kind of id a column holds, where that is known. */
    Optional<Kind> of(ColumnName column) {
        return of(column, new HashSet<>());
    }

    private Optional<Kind> of(ColumnName column, Set<ColumnName> seen) {
        if (identity.internal().contains(column)) {
            return Optional.of(Kind.ME);
        }
        if (identity.auth().contains(column) || column.equals(LOGIN)) {
            return Optional.of(Kind.AUTH);
        }
        if (!seen.add(column)) {
            return Optional.empty();
        }
        return referenced(column).flatMap(far -> of(far, seen));
    }

    /** Where a foreign key of this one column points. */
    Optional<ColumnName> referenced(ColumnName column) {
        return catalog.constraints().stream()
                .filter(c -> c.type() == Type.FOREIGN_KEY
                        && c.table().equals(column.table())
                        && c.columns().equals(List.of(column.column())))
                .flatMap(c -> c.reference().stream())
                .filter(r -> r.columns().size() == 1)
                .map(r -> new ColumnName(r.table(), r.columns().get(0)))
                .findFirst();
    }

    /** The unique and primary keys of a table that are one column. */
    Set<String> uniqueColumns(QualifiedName table) {
        Set<String> columns = new HashSet<>();
        catalog.indexes().stream()
                .filter(i -> i.table().equals(table) && i.unique() && i.keys().size() == 1)
                .forEach(i -> columns.add(i.keys().get(0)));
        catalog.constraints().stream()
                .filter(c -> c.table().equals(table)
                        && (c.type() == Type.PRIMARY_KEY || c.type() == Type.UNIQUE)
                        && c.columns().size() == 1)
                .forEach(c -> columns.add(c.columns().get(0)));
        return columns;
    }

    List<String> primaryKey(QualifiedName table) {
        return catalog.constraints().stream()
                .filter(c -> c.table().equals(table) && c.type() == Type.PRIMARY_KEY)
                .map(Constraint::columns)
                .findFirst()
                .orElse(List.of());
    }

    /**
     * The table that holds both ids of a person, with its column for the login: what the helper is to answer can be looked up there, so that a
     * helper that answers wrongly is not its own judge.
     */
    Optional<Register> register() {
        return identity.internal().stream()
                .flatMap(me -> identity.auth().stream()
                        .filter(auth -> auth.table().equals(me.table()))
                        .map(auth -> new Register(me, auth)))
                .findFirst();
    }

    /**
     * Where the two ids of a person meet.
     *
     * @param me the application's id
     * @param auth the login's id, in the same table
     */
    record Register(ColumnName me, ColumnName auth) {}

    /** The type of the application's ids. */
    String type() {
        return identity.internal().stream()
                .flatMap(me -> catalog.relation(me.table()).stream()
                        .map(Relation.class::cast)
                        .flatMap(r -> r.column(me.column()).stream()))
                .map(Column::type)
                .findFirst()
                .or(() -> identity.helper().flatMap(h -> h.returns()))
                .orElse("uuid");
    }
}
