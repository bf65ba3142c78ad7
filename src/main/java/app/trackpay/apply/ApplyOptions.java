package app.trackpay.apply;

import java.time.Duration;
import java.util.Optional;

/**
 * How to apply.
 *
 * @param lockTimeout how long a statement in a transaction may wait for a lock before its step is rolled back; zero for as long as it takes
 * @param statementTimeout how long any statement may run; empty for what the server gives the role
 * @param turn how long to wait for another applier to end
 * @param rowsShown how many rows of a result are kept for showing
 * @param pluginVersion written into the history
 * @param verifies whether a step that does not leave behind what it provides is rolled back
 */
public record ApplyOptions(
        Duration lockTimeout,
        Optional<Duration> statementTimeout,
        Duration turn,
        int rowsShown,
        String pluginVersion,
        boolean verifies) {

    /** What goals use unless told otherwise: locks 5 seconds, another applier 5 minutes, 200 rows. */
    public static ApplyOptions standard(String pluginVersion) {
        return new ApplyOptions(Duration.ofSeconds(5), Duration.ofMinutes(5), 200, pluginVersion);
    }

    /** Without a limit for statements. */
    ApplyOptions(Duration lockTimeout, Duration turn, int rowsShown, String pluginVersion) {
        this(lockTimeout, Optional.empty(), turn, rowsShown, pluginVersion, true);
    }

    /** The same with limits of the user's. */
    public ApplyOptions within(Duration lock, Optional<Duration> statement) {
        return new ApplyOptions(lock, statement, turn, rowsShown, pluginVersion, verifies);
    }

    /** The same for a database that is looked at afterwards anyway. */
    ApplyOptions unverified() {
        return new ApplyOptions(lockTimeout, statementTimeout, turn, rowsShown, pluginVersion, false);
    }
}
