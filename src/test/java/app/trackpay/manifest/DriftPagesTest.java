package app.trackpay.manifest;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The pages of the drift checks tell the truth. */
final class DriftPagesTest {

    private static final ReferenceDatabase DATABASE = ReferenceDatabase.on(17, GrantEra.NEW);

    static Stream<String> checks() {
        return Drift.CHECKS.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void whatThePageShowsIsWhatItsScriptCauses(String check) throws Exception {
        String page = Files.readString(Path.of("src/site/markdown/checks/" + check + ".md"));
        try (Trial trial = DATABASE.trial()) {
            Manifest before = Manifest.of(trial.catalog(), DATABASE.plan());
            trial.run(block(page, "## Reproduce", "sql"));

            List<Finding> findings =
                    Drift.findings(DATABASE.plan(), before, Manifest.of(trial.catalog(), DATABASE.plan()));

            assertThat(findings).hasSize(1);
            Finding finding = findings.get(0);
            assertThat(tidy(block(page, "## How it looks", "text")))
                    .isEqualTo(tidy("error[" + check + "] " + finding.object() + " " + finding.message() + " fix: "
                            + finding.fix() + " repair: " + finding.repair().orElseThrow()));
            assertThat(page)
                    .startsWith("# " + check + "\n")
                    .contains("object: \"" + finding.object() + "\"")
                    .contains("## Why it matters", "## How to repair", "## How to allow it");
        }
    }

    private static String block(String page, String section, String language) {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page.substring(page.indexOf(section)));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static String tidy(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
