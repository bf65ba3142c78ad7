package app.trackpay.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Functions and procedures as statements. */
final class RoutineSql {

    private static final Set<String> ALTERABLE =
            Set.of("volatility", "security definer", "leakproof", "strict", "parallel", "settings");
    private static final Set<String> REPLACEABLE =
            Set.of("volatility", "security definer", "leakproof", "strict", "parallel", "settings", "body", "language");

    private RoutineSql() {}

    /** Empty for what is not written in SQL or a procedural language. */
    static Optional<String> create(Entry routine) {
        String kind = routine.text("kind");
        String language = routine.text("language");
        if (!Set.of("function", "procedure").contains(kind)
                || Set.of("c", "internal").contains(language)) {
            return Optional.empty();
        }
        boolean function = kind.equals("function");
        return Optional.of("CREATE OR REPLACE " + kind.toUpperCase(Locale.ROOT) + " " + name(routine.object()) + "("
                + routine.text("arguments") + ")" + (function ? " RETURNS " + routine.text("result") : "")
                + " LANGUAGE " + language
                + (function ? " " + attributes(routine) : "")
                + (routine.isTrue("security definer") ? " SECURITY DEFINER" : "")
                + settings(routine) + "\n" + body(routine));
    }

    static String drop(Entry routine) {
        return "DROP ROUTINE " + routine.object().name();
    }

    static Optional<List<String>> alter(Entry expected, List<Change> changes) {
        Set<String> names = changes.stream().map(Change::attribute).collect(Collectors.toSet());
        if (expected.text("kind").equals("function") && ALTERABLE.containsAll(names)) {
            String alter = "ALTER FUNCTION " + expected.object().name() + " ";
            String attributes = alter
                    + attributes(expected)
                    + (expected.isTrue("security definer") ? " SECURITY DEFINER" : " SECURITY INVOKER");
            return Optional.of(
                    !names.contains("settings")
                            ? List.of(attributes)
                            : List.of(attributes, alter + "RESET ALL" + settings(expected)));
        }
        return REPLACEABLE.containsAll(names) ? create(expected).map(List::of) : Optional.empty();
    }

    private static String attributes(Entry routine) {
        return routine.text("volatility").toUpperCase(Locale.ROOT)
                + (routine.isTrue("strict") ? " STRICT" : " CALLED ON NULL INPUT")
                + (routine.isTrue("leakproof") ? " LEAKPROOF" : " NOT LEAKPROOF") + " PARALLEL "
                + routine.text("parallel").toUpperCase(Locale.ROOT);
    }

    private static String settings(Entry routine) {
        return routine.attribute("settings").map(Value::lines).orElse(List.of()).stream()
                .map(setting -> " SET " + SettingSql.assignment(setting))
                .collect(Collectors.joining());
    }

    private static String body(Entry routine) {
        String body = routine.text("body");
        if (routine.text("language").equals("sql") && body.matches("(?s)\\s*(BEGIN ATOMIC\\b|RETURN\\b).*")) {
            return body;
        }
        String quote = "$body$";
        for (int i = 1; body.contains(quote); i++) {
            quote = "$body" + i + "$";
        }
        return "AS " + quote + body + quote;
    }

    private static String name(ObjectName routine) {
        String last = routine.last();
        int quoteEnds = last.startsWith("\"") ? last.indexOf('"', 1) : 0;
        return routine.container() + "." + last.substring(0, last.indexOf('(', quoteEnds));
    }
}
