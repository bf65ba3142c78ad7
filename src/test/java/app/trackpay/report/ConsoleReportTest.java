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

    /** What a terminal got, each line with its level. */
    private static final class Lines implements Output {

        private final List<String> all = new ArrayList<>();

        @Override
        public void info(String line) {
            all.add("INFO " + line);
        }

        @Override
        public void warn(String line) {
            all.add("WARN " + line);
        }

        @Override
        public void error(String line) {
            all.add("ERROR " + line);
        }

        @Override
        public void debug(String line) {
            all.add("DEBUG " + line);
        }
    }

    private static List<String> shown(Finding... findings) {
        Lines lines = new Lines();
        Judgement judgement = new Judgement(List.of(findings), List.of(), List.of());
        new ConsoleReport(lines)
                .closes(
                        Verdict.judged("health", Optional.empty(), judgement, List.of(), Severity.ERROR),
                        Path.of("health.json"));
        return lines.all;
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
                        "ERROR error[check] table a",
                        "ERROR   sql: GRANT a;",
                        "ERROR   GRANT b;",
                        "ERROR error[check] table b",
                        "ERROR   sql: the same as above, for table a",
                        "ERROR error[check] table c",
                        "ERROR   sql: GRANT c;")
                .filteredOn(line -> line.contains("GRANT"))
                .hasSize(3);
    }

    @Test
    void eachLineHasTheLevelOfItsFinding() {
        assertThat(shown(
                        finding("table a"),
                        finding("table b").as(Severity.WARNING),
                        finding("c").as(Severity.INFO)))
                .contains("ERROR error[check] table a", "WARN warning[check] table b", "INFO info[check] c");
    }
}
