package app.trackpay.check;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The script of each page on the oldest and the newest server: its own check says so, and its own SQL mends it. */
final class OtherReleasesTest {

    static Stream<Arguments> cases() {
        return PagesTest.checks()
                .flatMap(check -> Stream.of(14, 15, 18).map(major -> Arguments.of(check.id(), major, check)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("cases")
    void theFaultIsNamedShownAndMended(String id, int major, Check check) throws Exception {
        String page = Files.readString(Path.of("src/site/markdown/checks/" + id + ".md"));
        String script = page.substring(page.indexOf("```sql\n") + 7, page.lastIndexOf("```"));
        ReferenceDatabase database = ReferenceDatabase.on(major, GrantEra.OLD);
        try (Trial trial = database.trial()) {
            List<String> before = keys(check, database, trial);

            List<Finding> findings = check.findings(
                            database.plan(), trial.run(script).catalog())
                    .filter(finding -> !before.contains(finding.key()))
                    .toList();

            assertThat(findings).hasSize(1);
            assertThat(trial.rows(findings.get(0).shows().orElseThrow())).isNotEmpty();
            if (findings.get(0).repair().isPresent()) {
                trial.run(findings.get(0).repair().orElseThrow());
                assertThat(keys(check, database, trial)).isEqualTo(before);
            }
        }
    }

    private static List<String> keys(Check check, ReferenceDatabase database, Trial trial) {
        return check.findings(database.plan(), trial.catalog())
                .map(Finding::key)
                .toList();
    }
}
