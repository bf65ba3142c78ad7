package app.trackpay.probe;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of what a probe can find tells the truth: its script causes what it shows, and its repair ends it. */
final class ProbePagesTest {

    private static final List<String> SECTIONS =
            List.of("## Why it matters", "## How it looks", "## How to repair", "## How to allow it", "## Reproduce");

    static Stream<String> checks() {
        return Observation.CHECKS.stream()
                // it has a check that reads as well, and that one's page
                .filter(id -> !id.equals("column-escalation"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void whatThePageShowsIsWhatItsScriptCauses(String id) throws Exception {
        String page = Files.readString(Path.of("src/site/markdown/checks", id + ".md"));
        assertThat(page).startsWith("# " + id + "\n").contains(SECTIONS);
        ReferenceDatabase database = ReferenceDatabase.on(17, GrantEra.NEW);
        try (Trial trial = database.trialAsPostgres().run(block(page, "sql", "## Reproduce"))) {
            List<Finding> findings = find(id, trial);

            assertThat(findings).isNotEmpty();
            Finding first = findings.get(0);
            assertThat(tidy(block(page, "text", "## How it looks"))).isEqualTo(tidy(shown(first)));
            assertThat(page).contains("object: \"" + first.object() + "\"");
            trial.run(block(page, "sql", "## How to repair"));
            assertThat(find(id, trial)).isEmpty();
        }
    }

    private static List<Finding> find(String id, Trial trial) throws Exception {
        Catalog catalog = trial.catalog();
        List<Finding> stored = Checks.rls().stream()
                .flatMap(check -> check.findings(trial.plan(), catalog))
                .toList();
        return Probe.run(trial.connection(), trial.plan(), catalog, stored).findings().stream()
                .filter(f -> f.check().equals(id))
                .toList();
    }

    private static String shown(Finding finding) {
        return "error[" + finding.check() + "] " + finding.object() + " " + finding.message() + " fix: " + finding.fix()
                + finding.repair().map(sql -> " sql: " + sql).orElse("");
    }

    private static String block(String page, String language, String section) {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page.substring(page.indexOf(section)));
        assertThat(block.find()).as(section).isTrue();
        return block.group(1);
    }

    private static String tidy(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
