package app.trackpay.apply;

import java.time.Duration;
import java.util.Optional;

/**
 * How to apply.
 *
 * @param lockTimeout how long a statement in a transaction may wait for a lock before its step is rolled back
 * @param statementTimeout how long a statement may run; empty for what the server gives the login
 * @param turn how long to wait for another applier to end
 * @param rowsShown how many rows of a result are kept for showing
 * @param pluginVersion written into the history
 * @param verifies whether a step that does not leave behind what it provides is rolled back
 * @param decision about a statement outside a transaction that an earlier run began
 */
public record ApplyOptions(
        Duration lockTimeout,
        Optional<Duration> statementTimeout,
        Duration turn,
        int rowsShown,
        String pluginVersion,
        boolean verifies,
        Decision decision) {

    /** What goals use unless told otherwise: locks 5 seconds, another applier 5 minutes, 200 rows. */
    public static ApplyOptions standard(String pluginVersion) {
        return new ApplyOptions(Duration.ofSeconds(5), Duration.ofMinutes(5), 200, pluginVersion);
    }

    /** Without a limit for statements, nothing decided. */
    ApplyOptions(Duration lockTimeout, Duration turn, int rowsShown, String pluginVersion) {
        this(lockTimeout, Optional.empty(), turn, rowsShown, pluginVersion, true, Decision.ASK);
    }

    /** The same with limits of the user's. */
    public ApplyOptions within(Duration lock, Optional<Duration> statement) {
        return new ApplyOptions(lock, statement, turn, rowsShown, pluginVersion, verifies, decision);
    }

    /** The same with what a person decided about an interrupted statement. */
    public ApplyOptions deciding(Decision interrupted) {
        return new ApplyOptions(lockTimeout, statementTimeout, turn, rowsShown, pluginVersion, verifies, interrupted);
    }

    /** The same for a database that is looked at afterwards anyway. */
    ApplyOptions unverified() {
        return new ApplyOptions(lockTimeout, statementTimeout, turn, rowsShown, pluginVersion, false, decision);
    }
}
