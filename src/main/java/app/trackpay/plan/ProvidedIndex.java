package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * An index by its name.
 *
 * @param on the table, where declared
 * @param columns the key columns in order, empty where only the name is declared
 */
public record ProvidedIndex(QualifiedName name, Optional<QualifiedName> on, List<String> columns) {}
