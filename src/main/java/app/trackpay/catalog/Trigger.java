package app.trackpay.catalog;

/**
 * A trigger that a person made (not one that serves a constraint).
 *
 * @param definition as {@code pg_get_triggerdef} spells it
 */
public record Trigger(QualifiedName table, String name, Enabled enabled, QualifiedName function, String definition) {

    /** When a trigger fires, by the session's replication role. */
    public enum Enabled {
        ORIGIN,
        ALWAYS,
        REPLICA,
        DISABLED
    }
}
