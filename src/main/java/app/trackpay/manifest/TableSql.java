package app.trackpay.manifest;

import app.trackpay.catalog.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be changed in a table without touching its rows. */
final class TableSql {

    private TableSql() {}

    static Optional<List<String>> alter(Difference.Changed changed, List<Change> changes) {
        List<String> clauses = new ArrayList<>();
        for (Change change : changes) {
            switch (change.attribute()) {
                case "row security" ->
                    clauses.add((change.before().equals("yes") ? "ENABLE" : "DISABLE") + " ROW LEVEL SECURITY");
                case "force row security" ->
                    clauses.add((change.before().equals("yes") ? "FORCE" : "NO FORCE") + " ROW LEVEL SECURITY");
                case "replica identity" -> {
                    if (change.before().equals("index ")) {
                        return Optional.empty();
                    }
                    clauses.add("REPLICA IDENTITY " + replicaIdentity(change.before()));
                }
                case "options" -> {
                    if (changed.expected().text("kind").equals("foreign table")) {
                        return Optional.empty();
                    }
                    clauses.addAll(Options.alter(change));
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(List.of("ALTER TABLE " + changed.object().name() + " " + String.join(", ", clauses)));
    }

    private static String replicaIdentity(String text) {
        return text.startsWith("index ")
                ? "USING INDEX " + Identifier.quote(text.substring("index ".length()))
                : text.toUpperCase(Locale.ROOT);
    }

    static Optional<List<String>> alterColumn(Entry expected, List<Change> changes) {
        String column = expected.object().last();
        List<String> clauses = new ArrayList<>();
        for (Change change : changes) {
            switch (change.attribute()) {
                case "not null" -> clauses.add((change.before().equals("yes") ? "SET" : "DROP") + " NOT NULL");
                case "default" ->
                    clauses.add(change.expected().isPresent() ? "SET DEFAULT " + change.before() : "DROP DEFAULT");
                case "identity" -> {
                    if (change.expected().isEmpty() || change.actual().isEmpty()) {
                        return Optional.empty();
                    }
                    clauses.add("SET GENERATED " + change.before());
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        List<String> altered = clauses.stream()
                .map(clause -> "ALTER COLUMN " + column + " " + clause)
                .toList();
        return Optional.of(List.of("ALTER TABLE " + expected.object().container() + " " + String.join(", ", altered)));
    }
}
