package app.trackpay.manifest;

import java.util.ArrayList;
import java.util.List;

/** Triggers and rules as statements. */
final class TriggerSql {

    private static final String CONSTRAINT = "CONSTRAINT ";

    private TriggerSql() {}

    static List<String> create(Entry entry) {
        String definition = entry.text("definition");
        boolean constraint = definition.startsWith(CONSTRAINT);
        List<String> statements = new ArrayList<>();
        statements.add("CREATE " + (constraint ? CONSTRAINT : "") + what(entry.object()) + " "
                + entry.object().last() + " "
                + (constraint ? definition.substring(CONSTRAINT.length()) : definition).replaceFirst(";$", ""));
        if (!entry.text("enabled").equals("origin")) {
            statements.add(enable(entry));
        }
        return statements;
    }

    static String drop(ObjectName object) {
        return "DROP " + what(object) + " " + object.last() + " ON " + object.container();
    }

    static List<String> alter(Entry expected, List<Change> changes) {
        if (changes.stream().allMatch(change -> change.attribute().equals("enabled"))) {
            return List.of(enable(expected));
        }
        List<String> statements = new ArrayList<>(List.of(drop(expected.object())));
        statements.addAll(create(expected));
        return statements;
    }

    private static String enable(Entry entry) {
        String verb = switch (entry.text("enabled")) {
            case "disabled" -> "DISABLE ";
            case "always" -> "ENABLE ALWAYS ";
            case "replica" -> "ENABLE REPLICA ";
            default -> "ENABLE ";
        };
        return "ALTER TABLE " + entry.object().container() + " " + verb + what(entry.object()) + " "
                + entry.object().last();
    }

    private static String what(ObjectName object) {
        return object.kind().name();
    }
}
