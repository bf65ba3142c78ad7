package app.trackpay.check;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A check's id, class, page and test carry one name, and the page tells the truth. */
final class PagesTest {

    private static final Path PAGES = Path.of("src/site/markdown/checks");
    private static final List<String> SECTIONS =
            List.of("## Why it matters", "## How it looks", "## How to repair", "## How to allow it", "## Reproduce");

    static Stream<Check> checks() {
        return Stream.concat(Checks.health().stream(), Checks.rls().stream()).distinct();
    }

    private static String page(Check check) throws IOException {
        return Files.readString(PAGES.resolve(check.id() + ".md"));
    }

    private static String block(String page, String language) {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(page.substring(page.indexOf(language.equals("sql") ? "## Reproduce" : "## How it looks")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void theClassAndItsTestAreCalledAsTheCheckIs(Check check) throws ClassNotFoundException {
        String name = check.getClass().getSimpleName();

        assertThat(name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .isEqualTo(check.id());
        assertThat(Class.forName(check.getClass().getName() + "Test").getSuperclass())
                .isEqualTo(CheckTest.class);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void thePageHasEverySection(Check check) throws IOException {
        assertThat(page(check)).startsWith("# " + check.id() + "\n").contains(SECTIONS);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void whatThePageShowsIsWhatItsScriptCauses(Check check) throws IOException {
        String page = page(check);
        ReferenceDatabase database = ReferenceDatabase.on(17, GrantEra.NEW);
        try (Trial trial = database.trial()) {
            List<String> before = keys(check, database, trial);
            List<Finding> findings = check.findings(
                            database.plan(), trial.run(block(page, "sql")).catalog())
                    .filter(finding -> !before.contains(finding.key()))
                    .toList();

            assertThat(findings).hasSize(1);
            assertThat(tidy(block(page, "text"))).isEqualTo(tidy(shown(findings.get(0))));
            assertThat(page).contains("object: \"" + findings.get(0).object() + "\"");
        }
    }

    /** What a check has to say about the untouched reference set. */
    private static List<String> keys(Check check, ReferenceDatabase database, Trial trial) {
        return check.findings(database.plan(), trial.catalog())
                .map(Finding::key)
                .toList();
    }

    @Test
    void noTwoChecksShareAnId() {
        assertThat(checks().map(Check::id)).doesNotHaveDuplicates();
    }

    private static String shown(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT) + "[" + finding.check() + "] " + finding.object()
                + " "
                + finding.message() + " fix: " + finding.fix()
                + finding.repair().map(sql -> " repair: " + sql).orElse("");
    }

    private static String tidy(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
