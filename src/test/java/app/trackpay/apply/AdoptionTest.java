package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.plan.Step;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that somebody set up without apply. */
final class AdoptionTest extends FreshDatabase {

    private static final String PUSHED = """
            CREATE SCHEMA IF NOT EXISTS supabase_migrations;
            CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text PRIMARY KEY, statements text[], name text);
            """;

    private Plan reference() throws Exception {
        ReferenceSet.write(path);
        return PlanReader.read(path);
    }

    /** As somebody with psql would. */
    private void byHand(List<Step> steps) throws Exception {
        for (Step step : steps) {
            try (Connection connection = DriverManager.getConnection(
                            database.jdbcUrl() + "?preferQueryMode=simple",
                            database.migrations().user(),
                            database.migrations().password().value());
                    Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute(Files.readString(step.file()));
            }
        }
    }

    private Adopted adopt(Plan plan, boolean dryRun) throws CouldNotRunException {
        return new Adoption(folder.way(), ApplyOptions.standard("test"), folder).adopt(plan, dryRun);
    }

    private static List<String> fates(Adopted adopted) {
        return adopted.rows().stream()
                .map(row -> Acceptance.id(row.unit()) + " " + row.fate())
                .toList();
    }

    private Outcome.Applied apply(Plan plan) throws CouldNotRunException {
        return (Outcome.Applied) folder.applier(ApplyOptions.standard("test")).apply(plan);
    }

    @Test
    void aDatabaseSetUpByHandIsRecordedAndApplyHasOnlyTheRestToDo() throws Exception {
        Plan plan = reference();
        byHand(plan.steps());

        Adopted adopted = adopt(plan, false);

        assertThat(adopted.findings()).isEmpty();
        // the last step provides nothing that could be found
        assertThat(fates(adopted)).filteredOn(fate -> fate.endsWith("PENDING")).hasSize(1);
        assertThat(adopted.rows().get(1).evidence()).startsWith("found 8 tables, 2 functions, 7 triggers");
        assertThat(folder.ask("SELECT evidence FROM trackpay_history.steps WHERE step = '3.0'"))
                .containsExactly("found 2 extensions");
        assertThat(apply(plan).ran()).hasSize(1);
        assertThat(apply(plan).ran()).isEmpty();
        assertThat(ApplyStatus.read(plan, folder.way()).units().get(0).state().word())
                .isEqualTo("adopted");
        assertThat(fates(adopt(plan, false))).allMatch(fate -> fate.endsWith("BEFORE"));
    }

    @Test
    void aDatabaseThatStoppedMidwayIsRecordedUpToThere() throws Exception {
        Plan plan = reference();
        byHand(plan.steps().subList(0, 6));

        Adopted adopted = adopt(plan, false);

        assertThat(adopted.findings())
                .isNotEmpty()
                .extracting(Finding::severity)
                .containsOnly(Severity.WARNING);
        assertThat(fates(adopted).get(0)).isEqualTo("3.0 RECORDED");
        long recorded =
                fates(adopted).stream().filter(f -> f.endsWith("RECORDED")).count();
        assertThat(recorded).isGreaterThan(10);
        apply(plan);
        assertThat(ApplyStatus.read(plan, folder.way()).pending()).isEmpty();
    }

    @Test
    void whatIsMissingInTheMiddleIsAFindingAndNothingBehindItIsRecorded() throws Exception {
        Plan plan = reference();
        byHand(plan.steps());
        database.run("DROP TABLE public.trackpay_invites CASCADE");

        Adopted adopted = adopt(plan, false);

        assertThat(adopted.findings()).extracting(Finding::key).contains("missing-table|table public.trackpay_invites");
        assertThat(adopted.findings()).extracting(Finding::severity).containsOnly(Severity.ERROR);
        assertThat(fates(adopted)).filteredOn(fate -> fate.endsWith("RECORDED")).containsExactly("3.0 RECORDED");
        assertThat(folder.history()).containsExactly("3.0/0/1");
    }

    @Test
    void anEmptyDatabaseHasNothingToAdopt() throws Exception {
        Plan plan = reference();
        database.run("DROP EXTENSION IF EXISTS pgcrypto CASCADE");
        Adopted adopted = adopt(plan, false);
        assertThat(adopted.findings()).extracting(Finding::severity).contains(Severity.ERROR);
        assertThat(fates(adopted)).allMatch(fate -> fate.endsWith("PENDING"));
        assertThat(folder.ask("SELECT to_regnamespace('trackpay_history')::text"))
                .containsExactly((String) null);
    }

    @Test
    void aDryRunRecordsNothing() throws Exception {
        Plan plan = reference();
        byHand(plan.steps());
        assertThat(fates(adopt(plan, true)))
                .filteredOn(fate -> fate.endsWith("WOULD_BE"))
                .isNotEmpty();
        assertThat(folder.ask("SELECT to_regnamespace('trackpay_history')::text"))
                .containsExactly((String) null);
    }

    @Test
    void aHistoryThatContradictsTheFilesIsNotAddedTo() throws Exception {
        folder.step("1", "a.sql", "SELECT 1").step("2", "b.sql", "SELECT 2").applied();
        folder.write("a.sql", "SELECT 3");
        Adopted adopted = adopt(folder.plan(), false);
        assertThat(adopted.findings()).extracting(Finding::check).containsExactly("changed-after-apply");
    }

    @Test
    void whatTheSupabaseCliPushedIsRecorded() throws Exception {
        migration("20250101000000_one.sql", "-- one\nCREATE TABLE one (a int);\nCREATE TABLE uno ();\n");
        migration("20250102000000_two.sql", "CREATE TABLE two ();");
        migration("20250103000000_three.sql", "CREATE TABLE three ();");
        database.run("CREATE TABLE one (a int); CREATE TABLE uno (); CREATE TABLE two ();");
        database.run(PUSHED + """
                INSERT INTO supabase_migrations.schema_migrations VALUES
                    ('20250101000000', ARRAY['CREATE TABLE one (a int)', 'CREATE TABLE uno ()'], 'one'),
                    ('20250102000000', NULL, 'two');
                """);
        Plan plan = PlanReader.read(path);

        Adopted adopted = adopt(plan, false);

        assertThat(adopted.findings()).isEmpty();
        assertThat(fates(adopted))
                .containsExactly("20250101000000 RECORDED", "20250102000000 RECORDED", "20250103000000 PENDING");
        assertThat(adopted.rows().get(0).evidence()).isEqualTo("pushed by the Supabase CLI as 20250101000000 one");
        assertThat(apply(plan).ran()).extracting(unit -> unit.step().id()).containsExactly("20250103000000");
    }

    @Test
    void whatWasPushedWithoutAFileOrOutOfOrderOrAsAnotherTextIsTold() throws Exception {
        migration("20250101000000_one.sql", "CREATE TABLE one (a bigint);");
        migration("20250102000000_two.sql", "CREATE TABLE two ();");
        migration("20250103000000_three.sql", "CREATE TABLE three ();");
        database.run(PUSHED + """
                INSERT INTO supabase_migrations.schema_migrations VALUES
                    ('20250101000000', ARRAY['CREATE TABLE one (a int)'], 'one'),
                    ('20250103000000', ARRAY['CREATE TABLE three ()'], 'three'),
                    ('20240101000000', NULL, 'lost');
                """);

        Adopted adopted = adopt(PlanReader.read(path), false);

        assertThat(adopted.findings())
                .extracting(finding -> finding.severity().name() + " " + finding.key())
                .containsExactlyInAnyOrder(
                        "WARNING changed-after-apply|file 20250101000000_one.sql",
                        "ERROR not-pushed|file 20250102000000_two.sql",
                        "ERROR missing-file|migration 20240101000000");
        assertThat(fates(adopted))
                .containsExactly("20250101000000 RECORDED", "20250102000000 PENDING", "20250103000000 RECORDED");
    }

    @Test
    void aFolderWithoutAPlanAndADatabaseWithoutTheClisRecordTellNothing() throws Exception {
        migration("20250101000000_one.sql", "CREATE TABLE one ();");
        database.run("DROP TABLE IF EXISTS supabase_migrations.schema_migrations");
        assertThatThrownBy(() -> adopt(PlanReader.read(path), false))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("Nothing tells which of these files the database has");
    }

    private Plan written(String yaml, String... files) throws Exception {
        for (int i = 0; i < files.length; i += 2) {
            Files.writeString(path.resolve(files[i]), files[i + 1]);
        }
        Files.writeString(path.resolve(PlanReader.FILE), "version: 1\n" + yaml);
        return PlanReader.read(path);
    }

    /** A table, a step that fills it, a second table, and a step that stands on the second. */
    private Plan fourSteps(String provides, String more) throws Exception {
        return written(
                """
                steps:
                  - { id: "1", file: a.sql, provides: { tables: { ta: { id: integer } } } }
                  - { id: "1b", file: b.sql }
                  - { id: "2", file: c.sql, provides: { tables: { tb: { id: integer } } } }
                """ + "  - { id: \"3\", file: d.sql, provides: " + provides + " }\n" + more,
                "a.sql",
                "CREATE TABLE ta (id integer PRIMARY KEY);",
                "b.sql",
                "INSERT INTO ta VALUES (1);",
                "c.sql",
                "CREATE TABLE tb (id integer);",
                "d.sql",
                "CREATE UNIQUE INDEX tb_id ON tb (id);");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ unique: [{ on: tb, columns: [id] }] }",
                "{ indexes: { i: tb (id) } }",
                "{ policies: { tb: [own] } }",
                "{ triggers: { tb: [touch] } }",
                "{ foreign-keys: [{ from: tb.id, to: ta }] }",
                "{ publications: { all_tables: [tb] } }",
                "{ revoked: [{ privileges: [select], on: tb, from: [anon] }] }",
                "{ tables: { tb: { id: integer } } }"
            })
    void whatHangsOnAMissingTableIsNotThereAndNeitherIsTheSilentStepBeforeIt(String provides) throws Exception {
        database.run("CREATE TABLE ta (id integer PRIMARY KEY)");
        try (Connection superuser = database.asSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("CREATE PUBLICATION all_tables FOR ALL TABLES");
        }
        Adopted adopted = adopt(fourSteps(provides, ""), false);

        assertThat(fates(adopted)).containsExactly("1 RECORDED", "1b PENDING", "2 PENDING", "3 PENDING");
        assertThat(adopted.rows().get(3).evidence()).startsWith("1 thing is not there as declared");
        assertThat(adopted.findings())
                .extracting(finding -> finding.severity() + " " + finding.key())
                .containsExactly("warning missing-table|table public.tb");
    }

    @Test
    void theSilentStepIsRunByApplyAndNotLost() throws Exception {
        database.run("CREATE TABLE ta (id integer PRIMARY KEY)");
        Plan plan = fourSteps("{ unique: [{ on: tb, columns: [id] }] }", "");
        adopt(plan, false);

        assertThat(apply(plan).ran()).extracting(unit -> unit.step().id()).containsExactly("1b", "2", "3");
        assertThat(folder.ask("SELECT id FROM ta")).containsExactly("1");
    }

    @Test
    void whatHangsOnAMissingColumnIsNotThere() throws Exception {
        database.run("CREATE TABLE ta (id integer PRIMARY KEY); CREATE TABLE tb (other integer)");
        Adopted adopted = adopt(fourSteps("{ unique: [{ on: tb, columns: [id] }] }", ""), false);

        assertThat(fates(adopted)).containsExactly("1 RECORDED", "1b PENDING", "2 PENDING", "3 PENDING");
        assertThat(adopted.findings())
                .extracting(finding -> finding.severity() + " " + finding.key())
                .containsExactly("warning missing-column|column public.tb.id");
    }

    @Test
    void whatHangsOnATableThatIsThereCounts() throws Exception {
        Plan plan = fourSteps("{ unique: [{ on: tb, columns: [id] }] }", "");
        byHand(plan.steps());

        assertThat(fates(adopt(plan, false))).containsExactly("1 RECORDED", "1b RECORDED", "2 RECORDED", "3 RECORDED");
    }

    @Test
    void whatHangsOnATableThatTheTeamDoesWithoutCounts() throws Exception {
        database.run("CREATE TABLE ta (id integer PRIMARY KEY)");
        Adopted adopted = adopt(
                fourSteps(
                        "{ unique: [{ on: tb, columns: [id] }] }",
                        "suppress:\n  - { check: missing-table, object: table public.tb, reason: only elsewhere }\n"),
                false);

        assertThat(adopted.findings()).isEmpty();
        assertThat(fates(adopted)).containsExactly("1 RECORDED", "1b RECORDED", "2 RECORDED", "3 RECORDED");
    }

    @Test
    void whatALaterStepMadeOfAForeignKeyIsNoLackOfTheEarlierOne() throws Exception {
        Plan plan = written(
                """
                steps:
                  - { id: "1", file: a.sql, provides: { tables: { ta: [id], tb: [id] } } }
                  - { id: "2", file: b.sql, provides: { foreign-keys: [{ from: tb.id, to: ta }] } }
                  - { id: "3", file: c.sql, provides: { foreign-keys: [{ from: tb.id, to: tc }], tables: { tc: [id] } } }
                """,
                "a.sql",
                "CREATE TABLE ta (id integer PRIMARY KEY); CREATE TABLE tb (id integer);",
                "b.sql",
                "ALTER TABLE tb ADD CONSTRAINT k FOREIGN KEY (id) REFERENCES ta;",
                "c.sql",
                "CREATE TABLE tc (id integer PRIMARY KEY); ALTER TABLE tb DROP CONSTRAINT k, ADD FOREIGN KEY (id) REFERENCES tc;");
        byHand(plan.steps());

        assertThat(fates(adopt(plan, false))).containsExactly("1 RECORDED", "2 RECORDED", "3 RECORDED");
    }

    @Test
    void nothingOfAnEmptyDatabaseIsFound() throws Exception {
        Adopted adopted = adopt(reference(), true);
        assertThat(adopted.rows())
                .extracting(Adopted.Row::evidence)
                .noneMatch(evidence -> evidence.matches(
                        "found .*(index|foreign key|policy|policies|publication|trigger|privilege).*"));
    }

    private void migration(String name, String text) throws Exception {
        Files.writeString(path.resolve(name), text);
    }
}
