package app.trackpay.manifest;

import java.util.List;
import java.util.Optional;

/** Indexes as statements. */
final class IndexSql {

    private IndexSql() {}

    static String create(Entry index) {
        return "CREATE " + (index.isTrue("unique") ? "UNIQUE " : "") + "INDEX "
                + index.object().last() + " ON " + index.text("table") + " " + index.text("definition");
    }

    static String drop(ObjectName index) {
        return "DROP INDEX " + index.name();
    }

    static Optional<List<String>> alter(Entry expected, List<Change> changes) {
        if (!expected.isTrue("valid")) {
            return Optional.empty();
        }
        boolean onlyBroken =
                changes.stream().allMatch(change -> change.attribute().equals("valid"));
        return Optional.of(
                onlyBroken
                        ? List.of("REINDEX INDEX " + expected.object().name())
                        : List.of(drop(expected.object()), create(expected)));
    }
}
