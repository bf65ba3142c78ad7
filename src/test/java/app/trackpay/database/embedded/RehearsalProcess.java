package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Credentials;
import app.trackpay.database.GrantEra;
import app.trackpay.database.PostgresRelease;
import app.trackpay.database.TestArchives;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A build as its own process: starts a rehearsal, asks one question, prints the answer, and with {@code hold} waits to be killed. */
final class RehearsalProcess {

    private RehearsalProcess() {}

    /** Arguments: cache folder, archive folder, major version, {@code hold} or {@code end}. */
    public static void main(String[] arguments) throws CouldNotRunException, SQLException, InterruptedException {
        long begin = System.nanoTime();
        EmbeddedEngine engine = new EmbeddedEngine(
                PostgresRelease.of(Integer.parseInt(arguments[2])),
                TestArchives.in(Path.of(arguments[1])),
                Path.of(arguments[0]),
                line -> System.out.println("log " + line));
        try (EmbeddedServer server = engine.start(GrantEra.NEW)) {
            long started = System.nanoTime();
            System.out.println("answer " + ask(server, "SELECT current_setting('server_version_num')"));
            System.out.println("user " + ask(server, "SELECT current_user::text"));
            System.out.println("start " + (started - begin) / 1_000_000 + " ms, first answers "
                    + (System.nanoTime() - begin) / 1_000_000 + " ms");
            if (arguments[3].equals("hold")) {
                System.out.println("holding");
                Thread.sleep(120_000);
            }
        }
        System.out.println("closed " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }

    static String ask(EmbeddedServer server, String sql) throws SQLException {
        return ask(server, server.migrations(), sql);
    }

    static String ask(EmbeddedServer server, Credentials as, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(), as.user(), as.password().value());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
