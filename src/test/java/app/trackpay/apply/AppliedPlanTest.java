package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.Step;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What of a plan has to be rehearsed to get where a database is. */
final class AppliedPlanTest extends FreshDatabase {

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
                .hasMessageStartingWith("The database has no history of this plan")
                .hasMessageContaining("adopt records the steps it has");
    }

    @Test
    void aDatabaseThatWasAdoptedCanBeCompared() throws Exception {
        database.run("CREATE TABLE a (b int)");
        folder.write("a.sql", "CREATE TABLE a (b int);").write("c.sql", "SELECT 1;");
        folder.write(
                PlanReader.FILE,
                "version: 1\nsteps:\n  - { id: \"1\", file: a.sql, provides: { tables: { a: [b] } } }\n  - { id: \"2\", file: c.sql }\n");
        Plan plan = PlanReader.read(path);
        new Adoption(folder.way(), ApplyOptions.standard("test"), folder).adopt(plan, false);

        assertThat(AppliedPlan.of(plan, ApplyStatus.read(plan, folder.way()), path.resolve("cut"))
                        .steps())
                .extracting(Step::id)
                .containsExactly("1");
    }
}
