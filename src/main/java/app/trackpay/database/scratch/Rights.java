package app.trackpay.database.scratch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a login may do on a scratch server.
 *
 * @param superuser whether it is one: it can make everything
 * @param lacks for people, what else it would need; nothing where it can make the stand-in as {@code postgres}
 * @param plain whether {@code postgres} is no superuser there, as on Supabase
 */
record Rights(boolean superuser, List<String> lacks, boolean plain) {

    static Rights of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean superuser = superuser(statement, "SESSION_USER");
            List<String> lacks = new ArrayList<>();
            if (!superuser) {
                ResultSet rows = statement.executeQuery(ScratchSql.of("lacks"));
                while (rows.next()) {
                    lacks.add(rows.getString(1));
                }
            }
            return new Rights(superuser, List.copyOf(lacks), !superuser(statement, "'postgres'"));
        }
    }

    private static boolean superuser(Statement statement, String role) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = " + role)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
