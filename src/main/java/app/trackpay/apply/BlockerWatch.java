package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks from a second connection whom the applying session waits for. Once a lock timeout has struck the server no longer knows, so it is asked
 * meanwhile: not before half of the timeout has passed, so that a run that waits for nobody opens no second connection.
 */
final class BlockerWatch implements AutoCloseable {

    private static final long SHORTEST_MILLIS = 20;
    private static final long LONGEST_MILLIS = 1000;

    private final Database database;
    private final int pid;
    private final Duration lockTimeout;
    private final Thread thread;
    private final Object turn = new Object();
    private @Nullable Blocker seen;
    private long begun;
    private boolean running;
    private boolean closed;

    /**
     * @param pid the server process of the applying session
     */
    BlockerWatch(Database database, int pid, Duration lockTimeout) {
        this.database = database;
        this.pid = pid;
        this.lockTimeout = lockTimeout;
        this.thread = new Thread(this::watch, "trackpay lock watch");
        thread.setDaemon(true);
        thread.start();
    }

    /** A transaction begins. */
    void begins() {
        synchronized (turn) {
            seen = null;
            begun = System.nanoTime();
            running = true;
        }
    }

    /** It is over, well or not. */
    void ends() {
        synchronized (turn) {
            running = false;
        }
    }

    /** Whom it waited for last. */
    Optional<Blocker> seen() {
        synchronized (turn) {
            return Optional.ofNullable(seen);
        }
    }

    private void watch() {
        long pause = Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, lockTimeout.toMillis() / 4));
        try {
            while (due(pause)) {
                try (Connection connection = database.connect()) {
                    while (due(pause)) {
                        look(connection);
                    }
                }
            }
        } catch (InterruptedException | CouldNotRunException | SQLException e) {
            // It only adds a name to a message: apply does without.
            return;
        }
    }

    /** Waits until it is time to look again; false when there is nothing more to look at. */
    private boolean due(long pause) throws InterruptedException {
        long half = lockTimeout.toNanos() / 2;
        synchronized (turn) {
            // nobody wakes it for a transaction: most are over before there is anything to see
            do {
                turn.wait(pause);
            } while (!closed && !(running && System.nanoTime() - begun >= half));
            return !closed;
        }
    }

    private void look(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SqlResource.BLOCKERS.text())) {
            query.setInt(1, pid);
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    Blocker blocker = new Blocker(
                            row.getInt("pid"),
                            Optional.ofNullable(row.getString("application_name")),
                            Optional.ofNullable(row.getString("username")),
                            Optional.ofNullable(row.getString("state")),
                            Optional.ofNullable(row.getObject("since", OffsetDateTime.class)),
                            Optional.ofNullable(row.getString("query")));
                    synchronized (turn) {
                        seen = running ? blocker : seen;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        synchronized (turn) {
            closed = true;
            turn.notifyAll();
        }
    }
}
