package app.trackpay.mojo;

import app.trackpay.check.Finding;
import app.trackpay.check.Judgement;
import app.trackpay.report.Table;
import java.util.List;
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

    /** The same, with findings that were made before. */
    Answer and(List<Finding> earlier) {
        List<Finding> all =
                Stream.concat(earlier.stream(), judgement.findings().stream()).toList();
        return new Answer(new Judgement(all, judgement.suppressed(), judgement.notes()), tables);
    }
}
