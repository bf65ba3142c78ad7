package app.trackpay.probe;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Sql;
import app.trackpay.plan.Persona;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Makes all tries with one message: one round trip, one transaction, and its end is in the same message. */
final class Transcript {

    private static final String SAVEPOINT = "trackpay_probe";
    private static final String READ_ONLY = "READ ONLY";

    private Transcript() {}

    /**
     * Makes the tries. In an open transaction they see what it did, and leave it as it was.
     *
     * @param begin how to open a transaction, where none is open
     * @param fixtures SQL that makes rows first
     * @throws CouldNotRunException when they could not all be made
     */
    static List<Answer> of(
            Connection connection,
            String begin,
            String searchPath,
            Optional<Fixtures> fixtures,
            Map<String, String> work,
            List<Persona> people,
            List<Task> tasks)
            throws CouldNotRunException {
        Map<String, Object> told = new LinkedHashMap<>(work);
        told.put("people", people.stream().map(Transcript::person).toList());
        told.put("cells", tasks.stream().map(Task::statements).toList());
        try {
            boolean inTransaction = !connection.getAutoCommit()
                    || connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                String text = message(inTransaction, begin, searchPath, fixtures, Json.write(told));
                return answers(tasks, answer(statement, text, inTransaction));
            }
        } catch (SQLException e) {
            throw refused(e, fixtures);
        }
    }

    /**
     * Which tables hold a row. Nothing is kept of it, locks neither.
     *
     * @param connection in an open transaction
     * @param tables as SQL
     */
    static Set<String> filled(Connection connection, List<String> tables) throws SQLException {
        StringJoiner message = new StringJoiner(";\n")
                .add("SAVEPOINT " + SAVEPOINT)
                .add("SET LOCAL row_security = off")
                .add("SET LOCAL lock_timeout = '1s'")
                .add("SET LOCAL trackpay.tables = " + escaped(Json.write(tables)))
                .add(resource("earlier-rows.sql"))
                .add("SELECT pg_catalog.current_setting('trackpay.filled')")
                .add(end(true));
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            return Set.copyOf(Json.read(answer(statement, message.toString(), true), JsonParser::getText));
        }
    }

    private static Map<String, Object> person(Persona persona) {
        Map<String, Object> person = new LinkedHashMap<>();
        person.put("name", persona.name());
        person.put("role", persona.role());
        person.put("claims", claims(persona));
        persona.subject().ifPresent(sub -> person.put("sub", sub.toString()));
        return person;
    }

    /** The claims of a persona's token, as the platform's API hands them to the database. */
    static String claims(Persona persona) {
        Map<String, Object> claims = new LinkedHashMap<>();
        persona.subject().ifPresent(sub -> claims.put("sub", sub.toString()));
        claims.put("role", persona.role());
        claims.putAll(persona.claims());
        return Json.write(claims);
    }

    private static String message(
            boolean inTransaction, String begin, String searchPath, Optional<Fixtures> fixtures, String work) {
        StringJoiner message = new StringJoiner(";\n");
        if (inTransaction) {
            message.add("SAVEPOINT " + SAVEPOINT);
            if (begin.endsWith(READ_ONLY)) {
                // until the savepoint takes it back
                message.add("SET LOCAL transaction_read_only = on");
            }
        } else {
            message.add(begin);
        }
        message.add(resource("settings.sql"));
        if (inTransaction && fixtures.isPresent()) {
            message.add(resource("sequences.sql"));
        }
        fixtures.ifPresent(f -> {
            message.add("SET LOCAL trackpay.fixtures = " + escaped(f.text()));
            message.add(resource("fixtures.sql"));
        });
        message.add("SET CONSTRAINTS ALL IMMEDIATE");
        message.add("SET LOCAL search_path = " + searchPath);
        message.add("SET LOCAL trackpay.probe = " + escaped(work));
        message.add(resource("probe.sql"));
        message.add("SELECT pg_catalog.current_setting('trackpay.answer')");
        message.add(end(inTransaction));
        return message.toString();
    }

    private static String end(boolean inTransaction) {
        return inTransaction ? "ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT : "ROLLBACK";
    }

    private static String answer(Statement statement, String message, boolean inTransaction) throws SQLException {
        try {
            String answer = "";
            boolean hasRows = statement.execute(message);
            while (hasRows || statement.getUpdateCount() != -1) {
                if (hasRows) {
                    ResultSet rows = statement.getResultSet();
                    rows.next();
                    answer = rows.getString(1);
                }
                hasRows = statement.getMoreResults();
            }
            return answer;
        } catch (SQLException e) {
            try {
                statement.execute(end(inTransaction));
            } catch (SQLException gone) {
                e.addSuppressed(gone);
            }
            throw e;
        }
    }

    private static List<Answer> answers(List<Task> tasks, String text) {
        Iterator<Task> each = tasks.iterator();
        return Json.read(text, json -> Answer.of(each.next(), json));
    }

    private static CouldNotRunException refused(SQLException e, Optional<Fixtures> fixtures) {
        @Nullable
        ServerErrorMessage error = e instanceof PSQLException refusal ? refusal.getServerErrorMessage() : null;
        String said = error == null ? String.valueOf(e.getMessage()) : String.valueOf(error.getMessage());
        String state = e.getSQLState() == null ? "" : " (SQLSTATE " + e.getSQLState() + ")";
        Optional<String> where = Optional.ofNullable(error).map(ServerErrorMessage::getWhere);
        Optional<String> query = Optional.ofNullable(error).map(ServerErrorMessage::getInternalQuery);
        if (fixtures.isPresent()
                && where.filter(w -> w.contains("line 3 at EXECUTE")).isPresent()) {
            return new CouldNotRunException(fixtures.get().refused(said + state, error), e);
        }
        return new CouldNotRunException(
                "The personas of the plan could not be tried: " + said + state
                        + query.map(q -> "\n  in " + q).orElse("") + ". "
                        + advice(said, String.valueOf(e.getSQLState())),
                e);
    }

    private static String advice(String said, String state) {
        if (said.contains("row-level security")) {
            return "Connect as a role that no policy binds, such as postgres: it has to know which rows are there.";
        }
        return switch (state) {
            case "22023", "42501" ->
                "The roles of the personas must exist, and the login must be a member of each of them.";
            case "57014" -> "Everything together took more than 5 minutes: use fewer rows in the fixtures.";
            default -> "Look at the conditions of \"access\".";
        };
    }

    /** Means the same whatever standard_conforming_strings says. */
    private static String escaped(String text) {
        return "E" + Sql.literal(text.replace("\\", "\\\\"));
    }

    private static String resource(String name) {
        try (InputStream in = Transcript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the plugin");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
