package app.trackpay.benchmark;

import app.trackpay.database.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes databases of many tables that look like an application's. */
final class GeneratedDatabase {

    // a transaction locks every table it makes, and the server has room for some thousands
    private static final int BATCH = 250;

    private GeneratedDatabase() {}

    /** Fills a database with tables, each with two indexes, two policies, four constraints and a grant. */
    static void fill(TestPostgres.Database database, int tables) throws SQLException {
        String batch = batch();
        try (Connection connection = database.asMigrations();
                Statement statement = connection.createStatement()) {
            for (int from = 1; from <= tables; from += BATCH) {
                statement.execute(batch.replace("{from}", Integer.toString(from))
                        .replace("{to}", Integer.toString(Math.min(tables, from + BATCH - 1))));
            }
        }
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(),
                        database.superuser().user(),
                        database.superuser().password().value());
                Statement statement = connection.createStatement()) {
            // as a server does by itself within minutes; in a rehearsal that job is switched off
            statement.execute("VACUUM ANALYZE");
        }
    }

    private static String batch() {
        try (InputStream in = GeneratedDatabase.class.getResourceAsStream("tables.sql")) {
            if (in == null) {
                throw new IllegalStateException("tables.sql is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
