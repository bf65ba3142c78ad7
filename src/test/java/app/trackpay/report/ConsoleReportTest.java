package app.trackpay.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.check.Judgement;
import app.trackpay.check.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConsoleReportTest {

    private static List<String> shown(Finding... findings) {
        Lines lines = new Lines(new ArrayList<>());
        Judgement judgement = new Judgement(List.of(findings), List.of(), List.of());
        new ConsoleReport(lines)
                .closes(
                        Verdict.judged("health", Optional.empty(), judgement, List.of(), Severity.ERROR),
                        Path.of("health.json"));
        return lines.lines();
    }

    private static Finding finding(String object) {
        return new Finding("check", Severity.ERROR, object, "message", "fix");
    }

    @Test
    void aRepairOfManyFaultsIsReadOnce() {
        assertThat(shown(
                        finding("table a").repairedBy("GRANT a;\nGRANT b;"),
                        finding("table b").repairedBy("GRANT a;\nGRANT b;"),
                        finding("table c").repairedBy("GRANT c;")))
                .containsSubsequence(
                        "E error[check] table a",
                        "E   sql: GRANT a;",
                        "E   GRANT b;",
                        "E error[check] table b",
                        "E   sql: the same as above, for table a",
                        "E error[check] table c",
                        "E   sql: GRANT c;")
                .filteredOn(line -> line.contains("GRANT"))
                .hasSize(3);
    }

    @Test
    void eachLineHasTheLevelOfItsFinding() {
        assertThat(shown(
                        finding("table a"),
                        finding("table b").as(Severity.WARNING),
                        finding("c").as(Severity.INFO)))
                .contains("E error[check] table a", "W warning[check] table b", "I info[check] c");
    }
}
