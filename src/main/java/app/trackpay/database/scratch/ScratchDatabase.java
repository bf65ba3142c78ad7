package app.trackpay.database.scratch;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A database for one rehearsal. Its name says whose it is and when it was made, so that one that was left behind can be told from one at work.
 *
 * @param name needs no quotes
 */
record ScratchDatabase(String name) {

    private static final String PREFIX = "trackpay_rehearsal_";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

    /** Longer than any rehearsal: between two connections of one nobody is connected either. */
    private static final Duration FORGOTTEN = Duration.ofHours(6);

    private static final SecureRandom RANDOM = new SecureRandom();

    static ScratchDatabase named(Instant now) {
        byte[] random = new byte[4];
        RANDOM.nextBytes(random);
        return new ScratchDatabase(
                PREFIX + STAMP.format(now) + "_" + HexFormat.of().formatHex(random));
    }

    void create(Connection connection) throws SQLException {
        // template1 may hold anything; the locale is that of the usual rehearsal
        run(
                connection,
                "CREATE DATABASE " + name
                        + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' OWNER postgres");
    }

    void drop(Connection connection) throws SQLException {
        run(connection, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    /**
     * Drops what earlier rehearsals left: by name, old enough, and with nobody connected.
     *
     * @return their names
     */
    static List<String> sweep(Connection connection, Instant now) throws SQLException {
        List<String> left = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ScratchSql.of("left-behind"))) {
            query.setString(1, STAMP.format(now.minus(FORGOTTEN)));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    left.add(rows.getString(1));
                }
            }
        }
        left.removeIf(name -> !dropped(connection, name));
        return left;
    }

    /** Without FORCE: whoever connected meanwhile keeps it, and so does its owner where that is somebody else. */
    private static boolean dropped(Connection connection, String name) {
        try {
            run(connection, "DROP DATABASE IF EXISTS " + name);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
