package app.trackpay.apply;

import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a step provides, counted, in a few words. */
final class Provided {

    private record Count(int number, String one, String more) {}

    private Provided() {}

    /** {@code 8 tables, 2 functions, 7 triggers}; empty for a step that provides nothing. */
    static String words(Step step) {
        Provides provides = step.provides();
        return Stream.of(
                        count(provides.extensions(), "extension", "extensions"),
                        count(provides.tables(), "table", "tables"),
                        count(provides.functions(), "function", "functions"),
                        count(provides.triggers(), "trigger", "triggers"),
                        count(provides.indexes(), "index", "indexes"),
                        count(provides.unique(), "unique index", "unique indexes"),
                        count(provides.foreignKeys(), "foreign key", "foreign keys"),
                        count(provides.policies(), "policy", "policies"),
                        count(provides.publications(), "publication", "publications"),
                        count(provides.revoked(), "revoked privilege", "revoked privileges"))
                .filter(count -> count.number() > 0)
                .map(count -> count.number() + " " + (count.number() == 1 ? count.one() : count.more()))
                .collect(Collectors.joining(", "));
    }

    private static Count count(List<?> things, String one, String more) {
        return new Count(things.size(), one, more);
    }
}
