package app.trackpay.catalog;

/** What a foreign key does when the referenced row goes (or its key changes). */
public enum DeleteRule {
    NO_ACTION("NO ACTION"),
    RESTRICT("RESTRICT"),
    CASCADE("CASCADE"),
    SET_NULL("SET NULL"),
    SET_DEFAULT("SET DEFAULT");

    private final String sql;

    DeleteRule(String sql) {
        this.sql = sql;
    }

    /** As SQL writes it. */
    public String sql() {
        return sql;
    }

    @Override
    public String toString() {
        return sql;
    }
}
