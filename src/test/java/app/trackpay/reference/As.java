package app.trackpay.reference;

import app.trackpay.database.Credentials;
import app.trackpay.database.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * Somebody who talks to the database the way the platform's API does for them: logged in as {@code authenticator}, each request a
 * transaction of its own with SET LOCAL ROLE and the claims of the token. No policy is switched off for anybody here but
 * {@link #support}.
 *
 * @param role of the request
 * @param claims JSON; empty for a request without a token
 */
record As(TestPostgres.Database project, Credentials login, String role, String claims) {

    static As user(TestPostgres.Database project, UUID login) {
        return api(project, "authenticated", "{\"sub\": \"" + login + "\", \"role\": \"authenticated\"}");
    }

    static As visitor(TestPostgres.Database project) {
        return api(project, "anon", "{\"role\": \"anon\"}");
    }

    static As support(TestPostgres.Database project) {
        return new As(project, project.migrations(), "postgres", "");
    }

    private static As api(TestPostgres.Database project, String role, String claims) {
        return new As(project, project.postgres().server().authenticator(), role, claims);
    }

    /** The same role with a token that names nobody. */
    As withoutSubject() {
        return new As(project, login, role, "{\"role\": \"" + role + "\"}");
    }

    /** The rows that come back, {@code |} between columns and {@code -} for NULL. */
    List<String> query(String sql, Object... values) {
        try {
            return request(sql, values).rows();
        } catch (SQLException e) {
            throw TrackPay.broken(sql, e);
        }
    }

    /** The single row that comes back. */
    String one(String sql, Object... values) {
        List<String> rows = query(sql, values);
        if (rows.size() != 1) {
            throw new IllegalStateException(sql + "\nanswered " + rows.size() + " rows: " + rows);
        }
        return rows.get(0);
    }

    /** The single id that comes back. */
    UUID id(String sql, Object... values) {
        return UUID.fromString(one(sql, values));
    }

    /** How many rows a statement touched. */
    int change(String sql, Object... values) {
        try {
            return request(sql, values).touched();
        } catch (SQLException e) {
            throw TrackPay.broken(sql, e);
        }
    }

    /** How the server refuses a statement, as {@code SQLSTATE: message}. A statement that works is a failed test. */
    String refusal(String sql, Object... values) {
        try {
            Answer answer = request(sql, values);
            throw new AssertionError(sql + "\nworked: " + answer);
        } catch (SQLException e) {
            return e.getSQLState() + ": "
                    + e.getMessage().lines().findFirst().orElse("").replace("ERROR: ", "");
        }
    }

    private record Answer(List<String> rows, int touched) {}

    private Answer request(String sql, Object... values) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                project.jdbcUrl(), login.user(), login.password().value())) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    PreparedStatement token =
                            connection.prepareStatement("SELECT set_config('request.jwt.claims', ?, true)")) {
                statement.execute("SET LOCAL ROLE " + statement.enquoteIdentifier(role, true));
                token.setString(1, claims);
                token.execute();
            }
            Answer answer = run(connection, sql, values);
            connection.commit();
            return answer;
        }
    }

    private static Answer run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            if (!statement.execute()) {
                return new Answer(List.of(), statement.getUpdateCount());
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.getResultSet()) {
                while (result.next()) {
                    StringJoiner row = new StringJoiner("|");
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(Optional.ofNullable(result.getString(i)).orElse("-"));
                    }
                    rows.add(row.toString());
                }
            }
            return new Answer(rows, rows.size());
        }
    }
}
