package app.trackpay.catalog.expression;

import app.trackpay.catalog.QualifiedName;
import java.util.List;

/**
 * A function that expressions call, the system's own included.
 *
 * @param argumentTypes as {@code format_type} spells them
 * @param result likewise
 * @param volatility {@code immutable}, {@code stable} or {@code volatile}
 * @param body its source text; empty for the system's own and for one whose body is stored as a tree
 * @param settings its SET clauses as {@code name=value}
 */
public record Function(
        QualifiedName name,
        List<String> argumentTypes,
        String result,
        String language,
        String volatility,
        boolean securityDefiner,
        String body,
        List<String> settings) {

    /** {@code schema.name(type, type)}. */
    public String signature() {
        return name + "(" + String.join(", ", argumentTypes) + ")";
    }

    /** Whether it is this one, whatever its arguments. */
    public boolean is(String schema, String function) {
        return name.schema().equals(schema) && name.name().equals(function);
    }
}
