package app.trackpay.probe;

import app.trackpay.check.Finding;
import app.trackpay.report.Table;
import java.util.List;
import java.util.Set;

/**
 * What a probe saw.
 *
 * @param cells one for each table, persona and command
 * @param findings where the database does other than the plan says
 * @param matrix the cells, for people
 * @param notes what could not be put to the test, one sentence each
 * @param tries how many statements were tried
 */
public record Observation(List<Cell> cells, List<Finding> findings, Table matrix, List<String> notes, int tries) {

    /** The ids of what a probe can find. */
    public static final Set<String> CHECKS = Set.of(
            "rows-leaked",
            "rows-hidden",
            "write-allowed",
            "write-denied",
            "query-fails",
            "rpc-result",
            "column-escalation");
}
