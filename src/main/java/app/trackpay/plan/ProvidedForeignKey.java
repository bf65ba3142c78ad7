package app.trackpay.plan;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.DeleteRule;
import app.trackpay.catalog.QualifiedName;
import java.util.Optional;

/**
 * A reference.
 *
 * @param to the referenced table
 * @param toColumn the referenced column, where declared
 * @param onDelete the delete rule, where declared
 */
public record ProvidedForeignKey(
        ColumnName from, QualifiedName to, Optional<String> toColumn, Optional<DeleteRule> onDelete) {}
