package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.plan.Suppression;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A step is committed with what it provides, or not at all. */
class VerificationTest extends FreshDatabase {

    @Test
    void whatIsMissingIsNamedAndTheStepLeavesNothingBehind() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE a (id int);", "{ tables: { a: [id] } }")
                .step("2", "b.sql", "CREATE TABLE b (id int);", "{ tables: { b: { id: uuid, name: text }, c: [id] } }")
                .step("3", "d.sql", "CREATE TABLE d ();");

        List<Finding> findings = folder.incomplete();

        assertThat(findings)
                .extracting(Finding::key)
                .containsExactly(
                        "step-incomplete|column public.b.id",
                        "step-incomplete|column public.b.name",
                        "step-incomplete|table public.c");
        assertThat(findings.get(2).message())
                .startsWith("step 2 (b.sql) ran and did not leave behind what it provides: the table does not exist")
                .endsWith("(missing-table)");
        assertThat(findings.get(2).fix())
                .isEqualTo(
                        "Step 2 was rolled back; step 1 stays applied. Make b.sql leave it behind, or correct what the"
                                + " plan says that step 2 provides, and run apply again.");
        assertThat(findings)
                .allSatisfy(finding -> assertThat(finding.step())
                        .hasValueSatisfying(step -> assertThat(step.id()).isEqualTo("2")));
        assertThat(folder.ask("SELECT relname FROM pg_class WHERE relname IN ('a', 'b', 'c', 'd')"))
                .containsExactly("a");
        assertThat(folder.history()).containsExactly("1/0/1");

        folder.write("b.sql", "CREATE TABLE b (id uuid, name text); CREATE TABLE c (id int);");
        assertThat(folder.applied().ran()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { extensions: [citext] }                            | CREATE EXTENSION citext SCHEMA extensions
            { functions: { f(): { returns: int } } }            | CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'
            { functions: { f(): { security: definer } } }       | CREATE FUNCTION f() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'
            { indexes: [i] }                                    | CREATE INDEX i ON t (a)
            { unique: [{ on: t, columns: [a] }] }               | ALTER TABLE t ADD UNIQUE (a)
            { revoked: [{ privileges: [select], on: t, from: [anon] }] } | REVOKE ALL ON t FROM anon
            { triggers: { t: [g] } }                            | CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()
            { policies: { t: [p] } }                            | CREATE POLICY p ON t USING (true)
            { publications: { supabase_realtime: [t] } }         | ALTER PUBLICATION supabase_realtime ADD TABLE t
            { foreign-keys: [{ from: t.b, to: t, on-delete: restrict }] } | ALTER TABLE t ADD FOREIGN KEY (b) REFERENCES t ON DELETE RESTRICT
            """)
    void everyKindIsAskedFor(String provides, String sql) throws Exception {
        database.run("CREATE TABLE t (a int, b int, id int PRIMARY KEY); GRANT SELECT ON t TO anon");
        folder.step("1", "a.sql", "SELECT 1;", provides);
        assertThat(folder.incomplete()).extracting(Finding::check).containsOnly("step-incomplete");
        folder.write("a.sql", sql + ";");
        assertThat(folder.applied().ran()).hasSize(1);
    }

    @Test
    void aStepAnswersOnlyForItself() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (id int PRIMARY KEY, other int REFERENCES t ON DELETE CASCADE);", """
                { tables: { t: { id: int } }, foreign-keys: [{ from: t.other, to: t, on-delete: cascade }] }""")
                .step("2", "b.sql", """
                ALTER TABLE t ALTER COLUMN id TYPE bigint, DROP CONSTRAINT t_other_fkey,
                    ADD FOREIGN KEY (other) REFERENCES t ON DELETE RESTRICT;""", """
                { tables: { t: { id: bigint } }, foreign-keys: [{ from: t.other, to: t, on-delete: restrict }] }""");
        assertThat(folder.applied().ran()).hasSize(2);
    }

    @Test
    void whatTheFileSetsForTheSessionDoesNotMatter() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "SET ROLE anon; RESET ROLE; SET search_path = ''; SET row_security = off; CREATE TABLE public.t (id int);"
                        + " SET LOCAL ROLE authenticated;",
                "{ tables: { t: [id] } }");
        assertThat(folder.applied().ran()).hasSize(1);
    }

    @Test
    void aStepWithSectionsIsAskedWithItsLast() throws Exception {
        String first = "-- SECTION 1: one\nCREATE TABLE t (id int);\n";
        folder.sections("1", "a.sql", first + "-- SECTION 2: two\nSELECT 1;", "{ tables: { t: [id, name] } }");

        Finding finding = folder.incomplete().get(0);

        assertThat(finding.key()).isEqualTo("step-incomplete|column public.t.name");
        assertThat(finding.fix())
                .startsWith("Section 2 of step 1 was rolled back; step 1 (up to section 1) stays applied.");
        assertThat(folder.history()).containsExactly("1/1/1");
        folder.write("a.sql", first + "-- SECTION 2: two\nALTER TABLE t ADD name text;");
        assertThat(folder.applied().ran()).hasSize(1);
    }

    @Test
    void aStepThatEndsOutsideATransactionStaysUnfinished() throws Exception {
        String text = "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);\n";
        folder.step("1", "a.sql", text, "{ tables: { t: [a, b] } }");

        Finding finding = folder.incomplete().get(0);

        assertThat(finding.key()).isEqualTo("step-incomplete|column public.t.b");
        assertThat(finding.fix())
                .startsWith("Step 1: what stands up to a.sql:2 stays applied. No step was applied before it.");
        assertThat(folder.history()).containsExactly("1/0/2/open");
        assertThat(folder.incomplete()).hasSize(1);
        folder.write("a.sql", text + "ALTER TABLE t ADD b int;\n");
        assertThat(folder.applied().ran()).hasSize(1);
        assertThat(folder.history()).containsExactly("1/0/3");
    }

    @Test
    void aCorrectedPlanFinishesWhatRanAlready() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);",
                "{ tables: { t: [b] } }");
        assertThat(folder.incomplete()).hasSize(1);
        folder.without("1")
                .step(
                        "1",
                        "a.sql",
                        "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);",
                        "{ tables: { t: [a] } }");
        assertThat(folder.applied().ran()).hasSize(1);
        assertThat(folder.history()).containsExactly("1/0/2");
    }

    @Test
    void aCheckThatTheTeamAcceptsDoesNotHoldTheStepUp() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);", "{ tables: { t: [a, b] } }");
        folder.suppress(new Suppression(
                "missing-column", "column public.t.b", "the app does not ask", Optional.of(LocalDate.MAX)));
        assertThat(folder.applied().ran()).hasSize(1);
    }

    @Test
    void aRehearsalIsNotSaidToKeepAnything() throws Exception {
        folder.rehearsal().step("1", "a.sql", "SELECT 1;", "{ tables: { t: [a] } }");
        assertThat(folder.incomplete().get(0).fix()).startsWith("Step 1 was rolled back. Make a.sql leave it behind");
    }
}
