package app.trackpay.catalog;

/** A column of a table. */
public record ColumnName(QualifiedName table, String column) {

    /** {@code schema.table.column}, for people. */
    @Override
    public String toString() {
        return table + "." + column;
    }
}
