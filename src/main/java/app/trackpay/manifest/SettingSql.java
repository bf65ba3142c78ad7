package app.trackpay.manifest;

import app.trackpay.check.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A stored {@code name=value} as SET takes it. */
final class SettingSql {

    // their stored values are lists of names, quoted one by one; as one literal they would be one name
    private static final Set<String> LISTS = Set.of(
            "search_path",
            "local_preload_libraries",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces");
    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^\\s,\"]+)");

    private SettingSql() {}

    static String assignment(String setting) {
        int equals = setting.indexOf('=');
        return assignment(setting.substring(0, equals), setting.substring(equals + 1));
    }

    static String assignment(String name, String value) {
        return name + " TO " + (LISTS.contains(name) ? names(value) : Sql.literal(value));
    }

    private static String names(String value) {
        List<String> names = new ArrayList<>();
        Matcher name = NAME.matcher(value);
        while (name.find()) {
            names.add(name.group(1) == null ? name.group(2) : name.group(1).replace("\"\"", "\""));
        }
        return names.isEmpty() ? "''" : names.stream().map(Sql::literal).collect(Collectors.joining(", "));
    }
}
