package app.trackpay.catalog;

import java.util.List;

/**
 * A function, procedure or aggregate.
 *
 * @param kind {@code function}, {@code procedure}, {@code aggregate} or {@code window}
 * @param argumentTypes input types as {@code format_type} spells them: what tells overloads apart
 * @param arguments the whole argument list with names, modes and defaults
 * @param result what it returns; empty for a procedure
 * @param volatility {@code immutable}, {@code stable} or {@code volatile}
 * @param parallel {@code safe}, {@code restricted} or {@code unsafe}
 * @param settings its {@code SET} clauses as {@code name=value}, sorted
 * @param body the source text, or the deparsed body of a {@code BEGIN ATOMIC} function
 */
public record Routine(
        QualifiedName name,
        String kind,
        List<String> argumentTypes,
        String arguments,
        String result,
        String language,
        String volatility,
        boolean securityDefiner,
        boolean leakproof,
        boolean strict,
        String parallel,
        List<String> settings,
        String body,
        String owner,
        List<Grant> grants) {

    /** {@code schema.name(type, type)}: how a routine is told from its overloads. */
    public String signature() {
        return name + "(" + String.join(", ", argumentTypes) + ")";
    }
}
