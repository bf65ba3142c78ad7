package app.trackpay.manifest;

import app.trackpay.check.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Storage parameters and view options, {@code name=value} each. */
final class Options {

    private Options() {}

    /** The clauses of ALTER that lead back to the manifest's options. */
    static List<String> alter(Change change) {
        Map<String, String> wanted = named(change.expected());
        Map<String, String> held = named(change.actual());
        List<String> clauses = new ArrayList<>();
        String reset =
                held.keySet().stream().filter(name -> !wanted.containsKey(name)).collect(Collectors.joining(", "));
        if (!reset.isEmpty()) {
            clauses.add("RESET (" + reset + ")");
        }
        if (!wanted.isEmpty()) {
            clauses.add("SET (" + list(wanted) + ")");
        }
        return clauses;
    }

    /** The WITH clause of CREATE, empty without options. */
    static String with(Optional<Value> options) {
        Map<String, String> wanted = named(options);
        return wanted.isEmpty() ? "" : " WITH (" + list(wanted) + ")";
    }

    private static String list(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + " = " + Sql.literal(option.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static Map<String, String> named(Optional<Value> options) {
        Map<String, String> named = new LinkedHashMap<>();
        options.map(Value::lines).orElse(List.of()).forEach(option -> {
            int equals = option.indexOf('=');
            named.put(option.substring(0, equals), option.substring(equals + 1));
        });
        return named;
    }
}
