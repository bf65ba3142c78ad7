package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.Meanwhile;
import app.trackpay.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to apply to a database: a session's advisory lock on a connection of its own, which ends with the connection however it ends.
 * It is asked for again and again instead of waited for, because a waiting query is a transaction, and CREATE INDEX CONCURRENTLY of the
 * holder would wait for that.
 */
final class ApplyLock implements AutoCloseable {

    /** "trackpay" in ASCII. */
    private static final long KEY = 0x747261636b706179L;

    /** Held by the session that runs the steps, as long as it is there: it may outlive its client. */
    private static final long WORK = KEY + 1;

    private static final long PAUSE_MILLIS = 200;

    private final Meanwhile<Connection> connection;

    /** Begins to connect: whoever asks for the lock has something else to look at first. */
    ApplyLock(Database database) {
        this.connection = Meanwhile.begin(database::connect);
    }

    /**
     * Takes the lock, or waits for it.
     *
     * @throws CouldNotRunException when others keep it for too long
     */
    void take(Duration limit, ApplyListener listener) throws CouldNotRunException, SQLException {
        long end = System.nanoTime() + limit.toNanos();
        ask(SqlResource.LOCK_SESSION.text());
        await(KEY, "another apply to end", end, limit, listener);
        await(WORK, "the server to notice that the client of an earlier apply is gone", end, limit, listener);
        ask("SELECT pg_catalog.pg_advisory_unlock(" + WORK + ")");
    }

    /**
     * Says on the connection that runs the steps that it does, and has the server look whether its client is still there. It answers with no
     * row when somebody else runs steps.
     *
     * @param name what the session is called, which its renewal may take away
     */
    static Message work(String name) {
        return Message.of(SqlResource.WORK_SESSION.text(), name, WORK);
    }

    /** What a statement asks for that may only do something where {@link #work} succeeded. */
    static long workKey() {
        return WORK;
    }

    private void await(long key, String whom, long end, Duration limit, ApplyListener listener)
            throws CouldNotRunException, SQLException {
        String said = "";
        while (!ask("SELECT pg_catalog.pg_try_advisory_lock(" + key + ")")) {
            String holder = holder(key).orElse(said);
            if (!holder.equals(said)) {
                listener.waiting("Waiting for " + whom + ": " + holder);
                said = holder;
            }
            if (System.nanoTime() > end) {
                throw new CouldNotRunException(
                        "Another apply is at work on this database and did not end within "
                                + limit.toSeconds() + " s: " + holder
                                + ". Wait for it, or end it with SELECT pg_terminate_backend(pid) if nobody is behind it any more.");
            }
            pause();
        }
    }

    private static void pause() throws CouldNotRunException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CouldNotRunException("Interrupted while waiting for another apply. Nothing was applied.", e);
        }
    }

    private boolean ask(String query) throws CouldNotRunException, SQLException {
        try (Statement statement = connection.result().createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private Optional<String> holder(long key) throws CouldNotRunException, SQLException {
        try (PreparedStatement query = connection.result().prepareStatement(SqlResource.LOCK_HOLDER.text())) {
            query.setLong(1, key);
            query.setLong(2, key);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String application = row.getString("application_name");
                String since = row.getString("backend_start");
                return Optional.of("pid " + row.getInt("pid")
                        + (application == null || application.isEmpty() ? "" : ", " + application)
                        + (since == null ? "" : ", since " + since));
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.result().close();
        } catch (CouldNotRunException | SQLException e) {
            // A connection that was not made or cannot be closed is gone, and the lock with it.
            return;
        }
    }
}
