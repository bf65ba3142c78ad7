package app.trackpay.apply;

import java.time.Duration;

/**
 * How to apply.
 *
 * @param lockTimeout how long a statement in a transaction may wait for a lock before its step is rolled back
 * @param turn how long to wait for another applier to end
 * @param rowsShown how many rows of a result are kept for showing
 * @param pluginVersion written into the history
 * @param decision about a statement outside a transaction that an earlier run began
 */
public record ApplyOptions(
        Duration lockTimeout, Duration turn, int rowsShown, String pluginVersion, Decision decision) {

    /** What goals use unless told otherwise: locks 5 seconds, another applier 5 minutes, 200 rows. */
    public static ApplyOptions standard(String pluginVersion) {
        return new ApplyOptions(Duration.ofSeconds(5), Duration.ofMinutes(5), 200, pluginVersion);
    }

    /** Nothing decided. */
    ApplyOptions(Duration lockTimeout, Duration turn, int rowsShown, String pluginVersion) {
        this(lockTimeout, turn, rowsShown, pluginVersion, Decision.ASK);
    }

    /** The same with what a person decided about an interrupted statement. */
    public ApplyOptions deciding(Decision interrupted) {
        return new ApplyOptions(lockTimeout, turn, rowsShown, pluginVersion, interrupted);
    }
}
