package app.trackpay.manifest;

import java.util.List;
import java.util.stream.Collectors;

/** How a sequence counts, as a statement; how far it is stays as it is. */
final class SequenceSql {

    private SequenceSql() {}

    static String alter(Entry expected, List<Change> changes) {
        return "ALTER SEQUENCE " + expected.object().name()
                + changes.stream().map(SequenceSql::clause).collect(Collectors.joining());
    }

    private static String clause(Change change) {
        String value = change.before();
        return switch (change.attribute()) {
            case "type" -> " AS " + value;
            case "start" -> " START WITH " + value;
            case "increment" -> " INCREMENT BY " + value;
            case "minimum" -> " MINVALUE " + value;
            case "maximum" -> " MAXVALUE " + value;
            case "cache" -> " CACHE " + value;
            case "cycles" -> value.equals("yes") ? " CYCLE" : " NO CYCLE";
            default -> " OWNED BY " + (value.isEmpty() ? "NONE" : value);
        };
    }
}
