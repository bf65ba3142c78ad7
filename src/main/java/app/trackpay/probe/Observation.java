package app.trackpay.probe;

import app.trackpay.check.Finding;
import app.trackpay.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a probe saw.
 *
 * @param cells one for each table, persona and command
 * @param findings where the database does other than the plan says
 * @param matrix the cells, for people
 * @param notes what could not be put to the test, one sentence each
 * @param tries how many statements were tried
 * @param asked the ids of all that could have been found; none where people stand in for personas, whose names no plan knows
 */
public record Observation(
        List<Cell> cells, List<Finding> findings, Table matrix, List<String> notes, int tries, Set<String> asked) {

    /** The ids of what a probe can find. */
    static final Set<String> CHECKS = Set.of(
            "rows-leaked",
            "rows-hidden",
            "write-allowed",
            "write-denied",
            "query-fails",
            "rpc-result",
            "column-escalation");

    /**
     * These findings and those of checks that only read. What a check suspects and the probe proved is told once, with the check's repair and
     * the probe's proof.
     */
    public List<Finding> with(List<Finding> read) {
        Map<String, Finding> proofs = findings.stream()
                .collect(Collectors.toMap(Finding::key, Function.identity(), (one, other) -> one, LinkedHashMap::new));
        Stream<Finding> suspected = read.stream().map(f -> {
            Finding proof = proofs.get(f.key());
            return proof == null ? f : proved(f, proof);
        });
        Set<String> told = read.stream().map(Finding::key).collect(Collectors.toSet());
        return Stream.concat(suspected, findings.stream().filter(f -> !told.contains(f.key())))
                .toList();
    }

    private static Finding proved(Finding suspected, Finding proof) {
        return new Finding(
                suspected.check(),
                suspected.severity(),
                suspected.object(),
                suspected.message() + "; proved: " + proof.message(),
                suspected.fix(),
                suspected.step().or(proof::step),
                suspected.repair().or(proof::repair),
                proof.shows(),
                suspected.cause().or(proof::cause));
    }
}
