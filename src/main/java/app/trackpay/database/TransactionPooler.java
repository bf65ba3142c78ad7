package app.trackpay.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.postgresql.PGConnection;

/**
 * A pooler that lends a server's session for one transaction and then to somebody else: reading in one transaction works through it; a lock that
 * a session keeps does not.
 */
final class TransactionPooler {

    /** Where the platform's poolers keep this mode. */
    private static final int PORT = 6543;

    private static final int SESSION_PORT = 5432;
    private static final int TRIES = 3;
    private static final String WHO = "SELECT pg_catalog.pg_backend_pid()";

    private TransactionPooler() {}

    /** Whether the address alone tells: the platform's port for it. */
    static boolean named(DatabaseUrl url) {
        return url.hosts().stream().anyMatch(host -> host.port() == PORT && platform(host));
    }

    /** Whether the session is of the process that took the connection: then nothing stands between. */
    static boolean greetedByServer(Connection connection, int session) throws SQLException {
        return session == connection.unwrap(PGConnection.class).getBackendPID();
    }

    /**
     * Whether there is one, by what it does: it answers for one client from several sessions, or for two clients from the same one.
     *
     * @param ours a connection to it
     * @param another one more
     */
    static boolean answers(Connection ours, Connection another) throws SQLException {
        another.setAutoCommit(false);
        try {
            for (int tried = 0; tried < TRIES; tried++) {
                int ourSession = session(ours);
                // an open transaction keeps its session from being lent to us
                if (session(another) == ourSession || session(ours) != ourSession) {
                    return true;
                }
                another.rollback();
            }
            return false;
        } finally {
            another.setAutoCommit(true);
        }
    }

    /** What to write instead of a URL that leads to one. */
    static String instead(DatabaseUrl url, Login login) {
        HostAndPort host = url.hosts().get(0);
        if (!platform(host)) {
            return "Use the server's own address, or a pooler in session mode.";
        }
        String session = "postgresql://" + login.user() + "@" + new HostAndPort(host.host(), SESSION_PORT) + "/"
                + url.database().orElse(login.user());
        return host.host().startsWith("db.")
                ? "Use the database's own port: " + session
                        + "; on a network without IPv6, the session pooler's address from the project's Connect page."
                : "Use the session pooler, which is the same address with port " + SESSION_PORT + ": " + session;
    }

    private static boolean platform(HostAndPort host) {
        String name = host.host().toLowerCase(Locale.ROOT);
        return name.endsWith(".pooler.supabase.com") || name.startsWith("db.") && name.endsWith(".supabase.co");
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WHO)) {
            row.next();
            return row.getInt(1);
        }
    }
}
