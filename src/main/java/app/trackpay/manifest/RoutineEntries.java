package app.trackpay.manifest;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Routine;
import java.util.stream.Stream;

/** Functions, procedures and aggregates. */
final class RoutineEntries {

    private RoutineEntries() {}

    static Stream<Entry> of(Catalog catalog, Coverage coverage) {
        return catalog.routines().stream()
                .filter(routine -> coverage.schema(routine.name().schema()))
                .map(RoutineEntries::entry);
    }

    private static Entry entry(Routine routine) {
        String signature = routine.name().sql() + "(" + String.join(", ", routine.argumentTypes()) + ")";
        return Attributes.of(new ObjectName(Kind.FUNCTION, signature))
                .text("kind", routine.kind())
                .text("arguments", routine.arguments())
                .text("result", routine.result())
                .text("language", routine.language())
                .text("volatility", routine.volatility())
                .flag("security definer", routine.securityDefiner())
                .flag("leakproof", routine.leakproof())
                .flag("strict", routine.strict())
                .text("parallel", routine.parallel())
                .list("settings", routine.settings())
                .text("body", routine.body())
                .text("owner", routine.owner())
                .privileges(Privileges.of(routine.grants(), routine.owner(), Privileges.Whole.FUNCTION))
                .entry();
    }
}
