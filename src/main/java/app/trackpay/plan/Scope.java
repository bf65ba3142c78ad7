package app.trackpay.plan;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the plan answers for.
 *
 * @param schemas at least one; unqualified names of the plan live in the first
 * @param tables name patterns, where {@code *} is any run of characters; empty for every table
 * @param declared whether the plan says so, or says nothing
 */
public record Scope(List<String> schemas, List<String> tables, boolean declared) {

    /** Every table of {@code public}: what a plan answers for that says nothing. */
    public static final Scope PUBLIC = new Scope(List.of("public"), List.of(), false);

    /** A scope that a plan declares. */
    public Scope(List<String> schemas, List<String> tables) {
        this(schemas, tables, true);
    }

    /** Whether the plan answers for a table (or a view). */
    public boolean covers(QualifiedName table) {
        return schemas.contains(table.schema())
                && (tables.isEmpty() || tables.stream().anyMatch(pattern -> matches(pattern, table.name())));
    }

    private static boolean matches(String pattern, String name) {
        return Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", name);
    }
}
