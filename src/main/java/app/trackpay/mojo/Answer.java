package app.trackpay.mojo;

import app.trackpay.check.Finding;
import app.trackpay.check.Judgement;
import app.trackpay.report.Table;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a goal has to say once it has looked.
 *
 * @param tables what goes into its report beside the findings
 */
record Answer(Judgement judgement, List<Table> tables) {

    static Answer of(List<Finding> findings, Table... tables) {
        return new Answer(new Judgement(findings, List.of(), List.of()), List.of(tables));
    }

    /** Both answers as one; what both found is told once. */
    Answer and(Answer other) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        Stream.of(judgement, other.judgement)
                .flatMap(j -> j.findings().stream())
                .sorted(Comparator.comparing(Finding::severity))
                .forEach(finding -> findings.putIfAbsent(finding.key(), finding));
        return new Answer(
                new Judgement(
                        List.copyOf(findings.values()),
                        Stream.of(judgement, other.judgement)
                                .flatMap(j -> j.suppressed().stream())
                                .distinct()
                                .toList(),
                        Stream.of(judgement, other.judgement)
                                .flatMap(j -> j.notes().stream())
                                .distinct()
                                .toList()),
                Stream.of(tables, other.tables).flatMap(List::stream).toList());
    }

    /** The same, with lines that are for people and no findings. */
    Answer noting(List<String> notes) {
        List<String> all =
                Stream.concat(judgement.notes().stream(), notes.stream()).toList();
        return new Answer(new Judgement(judgement.findings(), judgement.suppressed(), all), tables);
    }

    /** The same, with findings that were made before. */
    Answer and(List<Finding> earlier) {
        List<Finding> all =
                Stream.concat(earlier.stream(), judgement.findings().stream()).toList();
        return new Answer(new Judgement(all, judgement.suppressed(), judgement.notes()), tables);
    }
}
