package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The SQL that makes a plain PostgreSQL into a Supabase project, as far as migrations can tell. Every connection it takes is a superuser's. */
public final class StandIn {

    private StandIn() {}

    /** All of it, each text one message to the server. */
    public static List<String> messages(GrantEra era) {
        return List.of(resource("roles"), resource("platform"), grants(era));
    }

    /** Whether a database is a project's already. It is looked at, not asked for its name. */
    public static boolean isThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(resource("recognise"))) {
            return row.next() && row.getBoolean(1);
        }
    }

    /**
     * Makes the roles that a server lacks.
     *
     * @return their names
     */
    public static List<String> makeRoles(Connection connection) throws SQLException {
        List<String> made = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(resource("roles"));
            while (rows || statement.getUpdateCount() != -1) {
                if (rows) {
                    ResultSet result = statement.getResultSet();
                    while (result.next()) {
                        made.add(result.getString(1));
                    }
                }
                rows = statement.getMoreResults();
            }
        }
        return made;
    }

    /**
     * Makes what a database lacks, on a server whose roles are there.
     *
     * @param shared whether others use the server, whose roles then stay as they are
     */
    public static void makeDatabase(Connection connection, boolean shared) throws SQLException {
        run(connection, "SET trackpay.shared_server = " + (shared ? "on" : "off"));
        run(connection, resource("platform"));
    }

    /** Sets what the API roles are granted on new tables. */
    public static void grant(Connection connection, GrantEra era) throws SQLException {
        run(connection, grants(era));
    }

    /** What a user reads when a server could not be made into one. */
    public static CouldNotRunException refused(String where, SQLException e) {
        return new CouldNotRunException(
                where + " could not be made into a Supabase stand-in for the rehearsal: " + e.getMessage()
                        + ". It has to be a PostgreSQL 14 to 18 with its contrib extensions (pgcrypto, uuid-ossp,"
                        + " pg_stat_statements).",
                e);
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static String grants(GrantEra era) {
        return resource("grants-" + era.name().toLowerCase(Locale.ROOT));
    }

    private static String resource(String name) {
        String path = "platform/" + name + ".sql";
        try (InputStream stream = StandIn.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("the plugin's jar lacks " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
