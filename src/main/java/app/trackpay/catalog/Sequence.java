package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A sequence.
 *
 * @param ownedBy the column whose default or identity it serves
 */
public record Sequence(
        QualifiedName name,
        String type,
        long start,
        long increment,
        long minimum,
        long maximum,
        long cache,
        boolean cycles,
        Optional<ColumnName> ownedBy,
        String owner,
        List<Grant> grants) {}
