package app.trackpay.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.FileFindings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceSetTest {

    @TempDir
    Path parent;

    @Test
    void whatIsWrittenIsASoundPlanWithAllItsFiles() throws Exception {
        Path folder = parent.resolve("scripts/prod-migrate");

        List<Path> written = ReferenceSet.write(folder);

        assertThat(written)
                .hasSize(14)
                .startsWith(folder.resolve("trackpay.yaml"))
                .allMatch(Files::isRegularFile);
        Plan plan = PlanReader.read(folder);
        assertThat(plan.steps()).hasSize(10);
        assertThat(plan.fixtures()).contains(folder.resolve("rls-fixtures.sql"));
        assertThat(FileFindings.of(plan)).isEmpty();
        assertThat(PlanSchemaTest.judged(Files.readString(folder.resolve("trackpay.yaml"))))
                .isEmpty();
        assertThat(folder.resolve("trackpay.schema.json")).content().startsWith("{");
    }

    @Test
    void nothingIsOverwrittenOrAdded() throws Exception {
        Path mine = Files.writeString(parent.resolve("030_indexes.sql"), "-- mine");

        assertThatThrownBy(() -> ReferenceSet.write(parent))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageStartingWith(parent + ": nothing was written, because 030_indexes.sql is there already");
        assertThat(parent).isDirectoryContaining(mine::equals);
        try (var files = Files.list(parent)) {
            assertThat(files).containsExactly(mine);
        }
        assertThat(mine).hasContent("-- mine");
    }
}
