package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;

/** A table, with the columns the plan names. */
public record ProvidedTable(QualifiedName name, List<ProvidedColumn> columns) {

    /**
     * @param type as written, e.g. {@code int4}; empty where only the name is declared
     */
    public record ProvidedColumn(String name, Optional<String> type) {}
}
