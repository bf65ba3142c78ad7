package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Tries a transaction again that a lock timeout took back: whoever holds the lock may be done soon. */
record Patience(Session session, BlockerWatch watch, Duration lockTimeout, ApplyListener listener) {

    private static final int TRIES = 4;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    /** A transaction, or the rest of a step. */
    interface Try<T> {
        T run() throws StepException, IncompleteException, CouldNotRunException, SQLException;
    }

    /** The first attempt that no lock stops. After the last one the failure names who holds the lock. */
    <T> T run(Try<T> attempt) throws StepException, IncompleteException, CouldNotRunException, SQLException {
        for (int tried = 1; ; tried++) {
            watch.begins();
            try {
                return attempt.run();
            } catch (StepException e) {
                Optional<Blocker> blocker = watch.seen();
                boolean again = tried < TRIES && e.isLockTimeout() && e.isRepeatable();
                if (!again) {
                    throw blocker.isPresent() && e.isLockTimeout() ? e.blockedBy(blocker.get()) : e;
                }
                session.command("ROLLBACK");
                Duration pause = pause(tried);
                listener.waiting("Lock timeout in " + e.unit().name() + " ("
                        + e.unit().step().name() + "): "
                        + blocker.map(b -> "the lock is held by " + b.line())
                                .orElse("who holds the lock could not be seen")
                        + (e.alone() ? ". Trying again in " : ". Rolled back; trying again in ") + pause.toMillis()
                        + " ms (" + (tried + 1) + " of " + TRIES
                        + ")");
                sleep(pause);
            } finally {
                watch.ends();
            }
        }
    }

    /** A second for the usual timeout, then two and three; less where the timeout is shorter. */
    private Duration pause(int tried) {
        return Duration.ofMillis(tried * Math.min(LONGEST_PAUSE_MILLIS, Math.max(1, lockTimeout.toMillis())));
    }

    private static void sleep(Duration pause) throws CouldNotRunException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CouldNotRunException("Interrupted while waiting for a lock. The step was rolled back.", e);
        }
    }
}
