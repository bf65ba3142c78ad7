package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a plan has to be rehearsed to get where a database is. */
final class AppliedPlanTest {

    @TempDir
    Path path;

    private TestPostgres.Database database;
    private Folder folder;

    @BeforeEach
    void open() {
        database = TestPostgres.fresh();
        folder = new Folder(path, database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Plan applied() throws CouldNotRunException {
        return AppliedPlan.of(folder.plan(), folder.status(), path.resolve("cut"));
    }

    @Test
    void endsWithTheLastStepThatRan() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE a ();").step("2", "b.sql", "CREATE TABLE b ();");
        folder.applied();
        folder.step("3", "c.sql", "CREATE TABLE c ();");

        assertThat(applied().steps()).extracting(Step::id).containsExactly("1", "2");
        assertThat(applied().steps())
                .extracting(Step::file)
                .containsExactly(path.resolve("a.sql"), path.resolve("b.sql"));
    }

    @Test
    void aStepThatStoppedBetweenSectionsIsCutOffThere() throws Exception {
        folder.sections(
                "1",
                "s.sql",
                "-- SECTION 1: One\nCREATE TABLE a ();\n-- SECTION 2: Two\nSELECT x;\n-- SECTION 3: Three\nCREATE TABLE c ();\n");
        folder.failure();

        Step cut = applied().steps().get(0);

        assertThat(Files.readString(cut.file()).strip()).isEqualTo("-- SECTION 1: One\nCREATE TABLE a ();");
        assertThat(cut.sections()).isTrue();
        assertThat(cut.file()).isEqualTo(path.resolve("cut/s.sql"));
    }

    @Test
    void aStepThatStoppedBetweenStatementsIsCutOffThere() throws Exception {
        folder.step("1", "s.sql", "CREATE TABLE a (b int);\nCREATE INDEX CONCURRENTLY a_b ON a (b);\nSELECT x;\n");
        folder.failure();

        assertThat(Files.readString(applied().steps().get(0).file()))
                .contains("CREATE TABLE a", "CREATE INDEX CONCURRENTLY")
                .doesNotContain("SELECT x");
    }

    @Test
    void aDatabaseWithoutAHistoryCannotBeComparedWithThePlan() {
        folder.step("1", "a.sql", "CREATE TABLE a ();");

        assertThatThrownBy(this::applied)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageStartingWith("The database has no history of this plan");
    }
}
