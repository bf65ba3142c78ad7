package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A column of a relation.
 *
 * @param type as {@code format_type} spells it, e.g. {@code numeric(10,2)}
 * @param defaultExpression the default, or the expression of a generated column
 * @param identity {@code ALWAYS} or {@code BY DEFAULT}, empty for an ordinary column
 * @param generated {@code STORED} or {@code VIRTUAL}, empty for an ordinary column
 * @param collation only where it is not the type's own
 */
public record Column(
        String name,
        String type,
        boolean notNull,
        Optional<String> defaultExpression,
        Optional<String> identity,
        Optional<String> generated,
        Optional<String> collation,
        List<Grant> grants) {}
