package app.trackpay.check;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.plan.PlanReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFindingsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void aFolderThatAgreesWithItsPlan() throws Exception {
        Files.writeString(
                folder.resolve("trackpay.yaml"),
                "version: 1\nsteps: [{ id: '1', file: a.sql }, { id: '2', file: b.sql }]\nfixtures: rows.sql\n");
        for (String name : List.of("a.sql", "b.sql", "rows.sql", "notes.txt")) {
            Files.writeString(folder.resolve(name), "");
        }
    }

    @Test
    void agreementIsNoFinding() throws Exception {
        assertThat(findings()).isEmpty();
    }

    @Test
    void aStepWithoutItsFileIsNamed() throws Exception {
        Files.delete(folder.resolve("b.sql"));

        Finding finding = findings().get(0);

        assertThat(findings()).hasSize(1);
        assertThat(finding.key()).isEqualTo("missing-file|file b.sql");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.step().orElseThrow().id()).isEqualTo("2");
        assertThat(finding.message()).startsWith("step 2 runs b.sql, and the folder " + folder);
        assertThat(finding.fix()).isEqualTo("put the file there, or correct or remove step 2 in trackpay.yaml");
    }

    @Test
    void aFileThatNoStepListsIsNamed() throws Exception {
        Files.writeString(folder.resolve("c.sql"), "");

        assertThat(findings()).extracting(Finding::key).containsExactly("unlisted-file|file c.sql");
        assertThat(findings().get(0).fix()).contains("\"file: c.sql\"");
    }

    @Test
    void declaredFixturesThatAreNotThereAreNamed() throws Exception {
        Files.delete(folder.resolve("rows.sql"));

        assertThat(findings()).extracting(Finding::key).containsExactly("missing-file|file rows.sql");
    }

    private List<Finding> findings() throws Exception {
        return FileFindings.of(PlanReader.read(folder));
    }
}
