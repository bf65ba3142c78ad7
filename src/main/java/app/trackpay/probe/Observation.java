package app.trackpay.probe;

import app.trackpay.check.Finding;
import app.trackpay.report.Table;
import java.util.Comparator;
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

    /** This, and a sample of other tables, about which nobody who stood in for a persona proves anything of the plan's. */
    Observation beside(Observation sample) {
        List<Cell> all = Stream.concat(cells.stream(), sample.cells.stream())
                .sorted(Comparator.comparing(Cell::table).thenComparing(Cell::command))
                .toList();
        String read =
                sample.cells.stream().map(c -> c.table().toString()).distinct().collect(Collectors.joining(", "));
        return new Observation(
                all,
                Stream.concat(findings.stream(), sample.findings.stream())
                        .distinct()
                        .toList(),
                AccessMatrix.of(all.stream().map(Cell::persona).distinct().toList(), all),
                Stream.concat(
                                notes.stream(),
                                Stream.of(
                                        "rows were in " + read
                                                + " before and the plan does not speak of it, so only what users who are there may read was tried"))
                        .toList(),
                tries + sample.tries,
                Set.of());
    }

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
