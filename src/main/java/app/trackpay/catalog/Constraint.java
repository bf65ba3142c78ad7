package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A constraint of a table or a domain.
 *
 * @param table the table (for a domain's constraint: the domain)
 * @param columns the constrained columns, in the constraint's order; empty for an expression over the whole row
 * @param reference where a foreign key points
 * @param validated false while NOT VALID
 * @param definition as {@code pg_get_constraintdef} spells it
 */
public record Constraint(
        QualifiedName table,
        String name,
        Type type,
        List<String> columns,
        Optional<Reference> reference,
        boolean deferrable,
        boolean initiallyDeferred,
        boolean validated,
        String definition) {

    /** The kinds of constraint. */
    public enum Type {
        PRIMARY_KEY,
        UNIQUE,
        FOREIGN_KEY,
        CHECK,
        EXCLUSION,
        NOT_NULL,
        TRIGGER
    }

    /**
     * The far end of a foreign key.
     *
     * @param setColumns the columns that SET NULL or SET DEFAULT touches, empty for all of them
     */
    public record Reference(
            QualifiedName table,
            List<String> columns,
            DeleteRule onDelete,
            DeleteRule onUpdate,
            List<String> setColumns) {}
}
