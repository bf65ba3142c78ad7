package app.trackpay.manifest;

import app.trackpay.check.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be changed in a type that columns use. */
final class TypeSql {

    private TypeSql() {}

    static Optional<List<String>> alter(Difference.Changed changed, List<Change> changes) {
        List<String> statements = new ArrayList<>();
        String domain = "ALTER DOMAIN " + changed.object().name();
        for (Change change : changes) {
            switch (change.attribute()) {
                case "labels" -> {
                    if (!lines(change.expected()).containsAll(lines(change.actual()))) {
                        return Optional.empty();
                    }
                    statements.addAll(labels(changed.object(), lines(change.expected()), lines(change.actual())));
                }
                case "default" ->
                    statements.add(domain
                            + change.expected()
                                    .map(value -> " SET DEFAULT " + value)
                                    .orElse(" DROP DEFAULT"));
                case "not null" ->
                    statements.add(domain + (change.before().equals("yes") ? " SET NOT NULL" : " DROP NOT NULL"));
                default -> {
                    return Optional.empty();
                }
            }
        }
        // labels in another order only
        return statements.isEmpty() ? Optional.empty() : Optional.of(statements);
    }

    private static List<String> lines(Optional<Value> value) {
        return value.map(Value::lines).orElse(List.of());
    }

    private static List<String> labels(ObjectName type, List<String> wanted, List<String> held) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!held.contains(wanted.get(i))) {
                String place = i > 0
                        ? " AFTER " + Sql.literal(wanted.get(i - 1))
                        : held.isEmpty() ? "" : " BEFORE " + Sql.literal(held.get(0));
                statements.add("ALTER TYPE " + type.name() + " ADD VALUE " + Sql.literal(wanted.get(i)) + place);
            }
        }
        return statements;
    }
}
