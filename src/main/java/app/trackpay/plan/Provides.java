package app.trackpay.plan;

import java.util.List;

/** What a step leaves behind. */
public record Provides(
        List<String> extensions,
        List<ProvidedTable> tables,
        List<ProvidedFunction> functions,
        List<ProvidedTrigger> triggers,
        List<ProvidedIndex> indexes,
        List<ProvidedUnique> unique,
        List<ProvidedForeignKey> foreignKeys,
        List<ProvidedPolicy> policies,
        List<ProvidedPublication> publications,
        List<RevokedPrivilege> revoked) {

    /** Nothing. */
    public static final Provides NOTHING = new Provides(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of());

    /** Whether it leaves nothing. Asked for every step: a record's own comparison is built when it is first made. */
    public boolean isNothing() {
        return extensions.isEmpty()
                && tables.isEmpty()
                && functions.isEmpty()
                && triggers.isEmpty()
                && indexes.isEmpty()
                && unique.isEmpty()
                && foreignKeys.isEmpty()
                && policies.isEmpty()
                && publications.isEmpty()
                && revoked.isEmpty();
    }
}
