package app.trackpay.probe;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.check.Sql;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tries of a probe as a team would write them down for psql: become the persona, one statement, and back. With each stands the question for
 * what the plan says of it, asked as the owner.
 *
 * @param tries how many statements are tried
 * @param text a script for psql that leaves nothing behind
 */
public record SingleStatements(int tries, String text) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PARAMETER = Pattern.compile("\\$([1-6])(?!\\d)");

    private record Attempt(String key, Optional<JsonNode> row) {}

    /** Writes the script. The connection is to a database with the plan's tables, as a role that no policy binds. */
    public static SingleStatements of(Connection connection, Plan plan, Catalog catalog) throws Exception {
        StringBuilder text = new StringBuilder("BEGIN;\n");
        int tries = 0;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            String fixtures = Files.readString(plan.fixtures().orElseThrow());
            String path = "SET LOCAL search_path = " + Probe.searchPath(plan);
            statement.execute(fixtures);
            statement.execute(path);
            text.append(fixtures).append(";\n").append(path).append(";\n");
            String lookUp = Tasks.work(plan, catalog).getOrDefault("me", "");
            for (Task task : Tasks.everything(plan, catalog)) {
                tries += write(task, lookUp, statement, text);
            }
        } finally {
            connection.rollback();
        }
        return new SingleStatements(tries, text.append("ROLLBACK;\n").toString());
    }

    private static int write(Task task, String lookUp, Statement statement, StringBuilder text) throws Exception {
        ObjectNode cell = JSON.valueToTree(task.statements());
        Map<Integer, String> values = new TreeMap<>();
        values.put(2, literal(task.persona().subject().map(Object::toString), "text"));
        values.put(1, literal(Optional.empty(), "text"));
        Optional<String> me = first(statement, filled(lookUp, values));
        values.put(1, literal(me, "text"));
        for (String oracle : List.of("total", "meant")) {
            if (cell.has(oracle)) {
                text.append(filled(cell.path(oracle).asText(), values)).append(";\n");
            }
        }
        int tries = 0;
        for (Attempt attempt : attempts(cell, values, me, task.persona(), statement)) {
            values.put(3, literal(Optional.of(attempt.key()), "text"));
            values.put(4, literal(attempt.row().map(JsonNode::toString), "jsonb"));
            if (cell.has("fresh")) {
                values.put(4, literal(first(statement, filled(cell.path("fresh").asText(), values)), "jsonb"));
            }
            if (cell.has("before")) {
                values.put(
                        5, literal(first(statement, filled(cell.path("before").asText(), values)), "jsonb"));
            }
            if (!cell.has("readable")
                    || isReadable(statement, filled(cell.path("verdict").asText(), values))) {
                attempt(cell, task.persona(), values, text);
                tries++;
            }
        }
        return tries;
    }

    private static void attempt(ObjectNode cell, Persona persona, Map<Integer, String> values, StringBuilder text) {
        if (cell.has("verdict")) {
            text.append(filled(cell.path("verdict").asText(), values)).append(";\n");
        }
        text.append("SAVEPOINT attempt;\nSELECT pg_catalog.set_config('request.jwt.claims', ")
                .append(Sql.literal(Transcript.claims(persona)))
                .append(", true);\nSET LOCAL ROLE ")
                .append(Identifier.quote(persona.role()))
                .append(";\n")
                .append(filled(cell.path(cell.has("ask") ? "ask" : "do").asText(), values))
                .append(";\n");
        if (cell.has("after")) {
            text.append("RESET ROLE;\n")
                    .append(filled(cell.path("after").asText(), values))
                    .append(";\n");
        }
        text.append("ROLLBACK TO SAVEPOINT attempt;\n");
    }

    private static List<Attempt> attempts(
            ObjectNode cell, Map<Integer, String> values, Optional<String> me, Persona persona, Statement statement)
            throws Exception {
        if (!cell.has("keys")) {
            return List.of(new Attempt("", Optional.empty()));
        }
        List<Attempt> attempts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(filled(cell.path("keys").asText(), values))) {
            while (rows.next()) {
                JsonNode row = JSON.readTree(rows.getString(2));
                attempts.add(new Attempt(rows.getString(1), Optional.of(row)));
                for (JsonNode variant : cell.path("ids")) {
                    Optional<String> own = variant.path("is").asText().equals("me")
                            ? me
                            : persona.subject().map(Object::toString);
                    String column = variant.path("column").asText();
                    if (own.isPresent()
                            && !own.orElseThrow().equals(row.path(column).asText())) {
                        ObjectNode copy = row.deepCopy();
                        copy.put(column, own.orElseThrow());
                        attempts.add(new Attempt(rows.getString(1), Optional.of(copy)));
                    }
                }
            }
        }
        return attempts;
    }

    private static boolean isReadable(Statement statement, String verdict) throws SQLException {
        try (ResultSet row = statement.executeQuery(verdict)) {
            return row.next() && row.getBoolean(1) && row.getBoolean(2);
        }
    }

    private static Optional<String> first(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
        }
    }

    private static String filled(String sql, Map<Integer, String> values) {
        return PARAMETER
                .matcher(sql)
                .replaceAll(found ->
                        Matcher.quoteReplacement(values.getOrDefault(Integer.parseInt(found.group(1)), "NULL::jsonb")));
    }

    private static String literal(Optional<String> value, String type) {
        return "(" + value.map(Sql::literal).orElse("NULL") + "::" + type + ")";
    }
}
