package app.trackpay.manifest;

import app.trackpay.check.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** API roles as statements. */
final class RoleSql {

    private static final String MEMBER = "member of ";
    private static final String SETTING = "setting ";
    private static final int OPTIONS_SINCE = 16;
    private static final Map<String, String> FLAGS = Map.of(
            "superuser", "SUPERUSER",
            "inherit", "INHERIT",
            "create role", "CREATEROLE",
            "create database", "CREATEDB",
            "login", "LOGIN",
            "replication", "REPLICATION",
            "bypass row security", "BYPASSRLS");

    private RoleSql() {}

    static Optional<List<String>> alter(ObjectName role, List<Change> changes, int server) {
        List<String> statements = new ArrayList<>();
        for (Change change : changes) {
            String attribute = change.attribute();
            String alter = "ALTER ROLE " + role.name() + " ";
            if (attribute.startsWith(MEMBER)) {
                String group = attribute.substring(MEMBER.length());
                change.actual().ifPresent(any -> statements.add("REVOKE " + group + " FROM " + role.name()));
                change.expected().ifPresent(value -> statements.add(grant(group, role, value.text(), server)));
            } else if (attribute.startsWith(SETTING)) {
                String name = attribute.substring(SETTING.length());
                statements.add(alter
                        + change.expected()
                                .map(value -> "SET " + SettingSql.assignment(name, value.text()))
                                .orElse("RESET " + name));
            } else if (attribute.equals("connection limit")) {
                statements.add(alter + "CONNECTION LIMIT " + change.before());
            } else if (attribute.equals("valid until")) {
                if (change.expected().isEmpty()) {
                    // no statement takes a date back
                    return Optional.empty();
                }
                statements.add(alter + "VALID UNTIL " + Sql.literal(change.before()));
            } else {
                statements.add(alter + (change.before().equals("yes") ? "" : "NO") + FLAGS.get(attribute));
            }
        }
        return Optional.of(statements);
    }

    private static String grant(String group, ObjectName role, String options, int server) {
        String grant = "GRANT " + group + " TO " + role.name();
        if (server < OPTIONS_SINCE) {
            return grant + (options.contains("admin") ? " WITH ADMIN OPTION" : "");
        }
        return grant + " WITH ADMIN " + options.contains("admin") + ", INHERIT " + options.contains("inherit")
                + ", SET " + options.contains("set");
    }
}
