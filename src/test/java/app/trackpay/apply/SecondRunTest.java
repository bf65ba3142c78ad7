package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.check.Judgement;
import app.trackpay.check.Severity;
import app.trackpay.plan.Suppression;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each file once more on the database that has them all. */
class SecondRunTest extends FreshDatabase {

    private static final String TABLE = "CREATE TABLE IF NOT EXISTS public.t (a int, b int);\n";

    private Judgement again() throws Exception {
        folder.declared();
        Outcome.Applied applied = folder.applied();
        return SecondRun.of(folder.plan(), applied.ran(), folder.way(), ApplyOptions.standard("test"))
                .orElseThrow();
    }

    private Finding only() throws Exception {
        Judgement judgement = again();
        assertThat(judgement.findings()).hasSize(1);
        return judgement.findings().get(0);
    }

    /** One database for all of them: nothing of one step is there for the next. */
    private Map<String, Finding> again(List<String[]> cases) throws Exception {
        for (int i = 0; i < cases.size(); i++) {
            database.run("CREATE TABLE t" + i + " (a int, b int)");
            String[] files = cases.get(i);
            for (int file = 0; file < files.length; file++) {
                String name = i + (file == 0 ? ".sql" : "-later.sql");
                folder.step(i + "." + file, name, "SELECT 1;\n  " + files[file].replace("#", "" + i) + ";");
            }
        }
        return again().findings().stream().collect(Collectors.toMap(Finding::object, finding -> finding));
    }

    private static List<String> rows(String cases) {
        return cases.lines().filter(line -> !line.isBlank()).toList();
    }

    @Test
    void whatFailsIsToldWithItsPlaceAndItsRemedy() throws Exception {
        List<String[]> rows =
                rows("""
                ALTER PUBLICATION supabase_realtime ADD TABLE t#           | 42710 | ask pg_catalog.pg_publication_tables first
                CREATE TABLE u# (a int)                                    | 42P07 | CREATE TABLE IF NOT EXISTS
                CREATE UNLOGGED TABLE u# (a int)                           | 42P07 | CREATE TABLE IF NOT EXISTS
                CREATE UNIQUE INDEX i# ON t# (a)                           | 42P07 | CREATE INDEX IF NOT EXISTS
                CREATE INDEX CONCURRENTLY i# ON t# (a)                     | 42P07 | CREATE INDEX IF NOT EXISTS
                CREATE MATERIALIZED VIEW m# AS SELECT 1 AS a               | 42P07 | CREATE MATERIALIZED VIEW IF NOT EXISTS
                CREATE POLICY p ON t# USING (true)                         | 42710 | DROP POLICY IF EXISTS in front
                CREATE FUNCTION f#() RETURNS int LANGUAGE sql AS 'SELECT 1' | 42723 | CREATE OR REPLACE FUNCTION
                CREATE VIEW v# AS SELECT a FROM t#                         | 42P07 | CREATE OR REPLACE VIEW
                CREATE TRIGGER g BEFORE UPDATE ON t# FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger() | 42710 | CREATE OR REPLACE TRIGGER
                CREATE TYPE e# AS ENUM ('a')                               | 42710 | in a DO block
                CREATE SCHEMA s#                                           | 42P06 | CREATE SCHEMA IF NOT EXISTS
                ALTER TABLE t# ADD c int                                   | 42701 | ADD COLUMN IF NOT EXISTS
                ALTER TABLE t# ADD CONSTRAINT c CHECK (a > 0)              | 42710 | DROP CONSTRAINT IF EXISTS
                ALTER TABLE t# RENAME COLUMN b TO c                        | 42703 | ask the catalog first
                ALTER TABLE t# DROP COLUMN b                               | 42703 | ask the catalog first
                DROP VIEW gone                                             | 42P01 | DROP VIEW IF EXISTS
                INSERT INTO keyed VALUES (1)                               | 23505 | ON CONFLICT DO NOTHING
                """).stream().map(row -> row.split("\\s+\\|\\s+")).toList();
        database.run("CREATE TABLE keyed (a int PRIMARY KEY); CREATE VIEW gone AS SELECT 1");

        Map<String, Finding> found =
                again(rows.stream().map(row -> new String[] {row[0]}).toList());

        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i);
            String file = i + ".sql";
            assertThat(found).as(row[0]).containsKey("file " + file);
            Finding finding = found.get("file " + file);
            assertThat(finding.check()).isEqualTo("not-rerunnable");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.message())
                    .startsWith("when it runs a second time, on the database that has every step, step " + i + ".0 ("
                            + file + ") fails:\n" + file + ":2:")
                    .contains("(" + row[1] + ")", "\n  2 |   " + row[0].replace("#", "" + i), "^");
            assertThat(finding.fix()).contains(row[2]).endsWith("if the file is never to run again");
        }
    }

    @Test
    void whatIsUndoneIsToldInTheWordsOfDrift() throws Exception {
        List<String[]> rows =
                rows("""
                CREATE OR REPLACE FUNCTION f#() RETURNS int LANGUAGE sql AS 'SELECT 1' | CREATE OR REPLACE FUNCTION f#() RETURNS int LANGUAGE sql AS 'SELECT 2' | ~ function public.f#() (body); later: #-later.sql:2
                GRANT SELECT ON t# TO anon                           | REVOKE SELECT ON t# FROM anon | ~ table public.t# (privileges of anon), access widened; later: #-later.sql:2
                ALTER TABLE t# DISABLE ROW LEVEL SECURITY            | ALTER TABLE t# ENABLE ROW LEVEL SECURITY | ~ table public.t# (row security), access widened; later: #-later.sql:2
                ALTER TABLE t# ENABLE ROW LEVEL SECURITY             | ALTER TABLE t# DISABLE ROW LEVEL SECURITY | ~ table public.t# (row security), access narrowed; later: #-later.sql:2
                DROP POLICY IF EXISTS p ON t#                        | DROP POLICY IF EXISTS p ON t#; CREATE POLICY p ON t# USING (true) | - policy public.t#.p, access narrowed; later: #-later.sql:2
                DROP POLICY IF EXISTS p ON t#; CREATE POLICY p ON t# USING (true) | DROP POLICY IF EXISTS p ON t#; CREATE POLICY p ON t# USING (a = 1) | ~ policy public.t#.p (using), access widened; later: #-later.sql:2
                CREATE OR REPLACE VIEW v# AS SELECT a FROM t#        | CREATE OR REPLACE VIEW v# AS SELECT a FROM t# WHERE a > 0 | ~ view public.v# (definition); later: #-later.sql:2
                ALTER TABLE t# ADD COLUMN IF NOT EXISTS c int        | ALTER TABLE t# DROP COLUMN IF EXISTS c | + column public.t#.c; later: #-later.sql:2
                ALTER TABLE t# ALTER COLUMN a SET NOT NULL           | ALTER TABLE t# ALTER COLUMN a DROP NOT NULL | ~ column public.t#.a (not null); later: #-later.sql:2
                CREATE INDEX IF NOT EXISTS i# ON t# (a)              | DROP INDEX IF EXISTS i# | + index public.i#
                CREATE INDEX CONCURRENTLY IF NOT EXISTS i# ON t# (a) | DROP INDEX CONCURRENTLY IF EXISTS i# | + index public.i#
                ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO anon | ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM anon | + default privileges of postgres on tables, access unclear; later: #-later.sql:2
                ALTER TABLE t# ADD CHECK (a > 0)                     | SELECT 1 | + constraint public.t#.t#_a_check1
                """).stream().map(row -> row.split("\\s+\\|\\s+")).toList();

        Map<String, Finding> found =
                again(rows.stream().map(row -> new String[] {row[0], row[1]}).toList());

        assertThat(found).hasSameSizeAs(rows);
        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i);
            assertThat(found).as(row[0]).containsKey("file " + i + ".sql");
            Finding finding = found.get("file " + i + ".sql");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.message())
                    .contains(
                            "step " + i + ".0 (" + i + ".sql)",
                            row[2].contains("later:")
                                    ? " undoes what later steps made ("
                                    : " changes the database once more (",
                            "(+ new, - gone, ~ changed):\n  ",
                            row[2].replace("#", "" + i));
        }
    }

    @Test
    void whatLeavesEverythingAsItIsIsNotToldOf() throws Exception {
        database.run("CREATE TABLE keyed (a int PRIMARY KEY)");
        List<String> innocent = List.of(
                "CREATE TABLE IF NOT EXISTS u# (id bigserial PRIMARY KEY, a int DEFAULT 1)",
                "CREATE OR REPLACE FUNCTION f#() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE OR REPLACE VIEW v# AS SELECT a FROM t#",
                "DROP POLICY IF EXISTS p ON t#; CREATE POLICY p ON t# USING (a = 1)",
                "DROP TRIGGER IF EXISTS g ON t#; CREATE TRIGGER g BEFORE UPDATE ON t# FOR EACH ROW EXECUTE FUNCTION"
                        + " suppress_redundant_updates_trigger()",
                "DROP FUNCTION IF EXISTS f#(); CREATE FUNCTION f#() RETURNS int LANGUAGE sql AS 'SELECT 1';"
                        + " REVOKE ALL ON FUNCTION f#() FROM PUBLIC",
                "ALTER TABLE t# DROP CONSTRAINT IF EXISTS c; ALTER TABLE t# ADD CONSTRAINT c CHECK (a > 0)",
                "ALTER TABLE t# DROP CONSTRAINT IF EXISTS c; ALTER TABLE t# ADD CONSTRAINT c CHECK (a > 0) NOT VALID;"
                        + " ALTER TABLE t# VALIDATE CONSTRAINT c",
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_publication_tables WHERE tablename = 't#') THEN"
                        + " ALTER PUBLICATION supabase_realtime ADD TABLE t#; END IF; END $$",
                "DO $$ BEGIN CREATE TYPE e# AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                "DO $$ BEGIN CREATE TYPE e# AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
                        + " ALTER TYPE e# ADD VALUE IF NOT EXISTS 'b'",
                "INSERT INTO keyed VALUES (1) ON CONFLICT DO NOTHING",
                "INSERT INTO t# VALUES (1, 2)",
                "COMMENT ON TABLE t# IS 'one'",
                "GRANT SELECT ON t# TO anon; GRANT SELECT (a) ON t# TO authenticated; REVOKE INSERT ON t# FROM authenticated",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO anon",
                "ALTER TABLE t# ENABLE ROW LEVEL SECURITY; ALTER TABLE t# FORCE ROW LEVEL SECURITY",
                "CREATE INDEX IF NOT EXISTS i# ON t# (a)",
                "CREATE SEQUENCE IF NOT EXISTS s#; ALTER SEQUENCE s# RESTART WITH 10",
                "CREATE EXTENSION IF NOT EXISTS pgcrypto",
                "ALTER TABLE t# ALTER COLUMN a TYPE bigint",
                "SET search_path = ''; SELECT count(*) FROM public.t#; SET ROLE authenticated",
                "CREATE TEMP TABLE kept AS SELECT 1 AS a; SELECT * FROM kept",
                "TRUNCATE t#; ANALYZE t#",
                "CREATE INDEX CONCURRENTLY IF NOT EXISTS i# ON t# (a)",
                "DROP INDEX CONCURRENTLY IF EXISTS i#;\nCREATE UNIQUE INDEX CONCURRENTLY i# ON t# (a);\nREINDEX TABLE"
                        + " CONCURRENTLY t#",
                "\\echo once\nSELECT 1",
                "SELECT 1");

        Map<String, Finding> found =
                again(innocent.stream().map(sql -> new String[] {sql}).toList());

        assertThat(found).isEmpty();
    }

    @Test
    void aFileWithTransactionsOfItsOwnRunsAsAWhole() throws Exception {
        folder.step(
                        "1",
                        "a.sql",
                        "BEGIN ISOLATION LEVEL SERIALIZABLE;\n" + TABLE
                                + "COMMIT;\nBEGIN;\nALTER TABLE t ADD COLUMN IF NOT EXISTS c int;\nCOMMIT;\nSELECT 1;")
                .step("2", "b.sql", "BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nCREATE TABLE u ();\nCOMMIT;");

        assertThat(only().message()).contains("step 2 (b.sql) fails:\nb.sql:5:1: ", "relation \"u\" already exists");
    }

    @Test
    void sectionsAreOneFileAndTheOneThatFailsIsNamed() throws Exception {
        folder.sections(
                        "1",
                        "a.sql",
                        "-- SECTION 1: off\n" + TABLE
                                + "ALTER TABLE t DISABLE ROW LEVEL SECURITY;\n-- SECTION 2: on\nALTER TABLE t ENABLE ROW LEVEL SECURITY;")
                .sections("2", "b.sql", "-- SECTION 1: one\nSELECT 1;\n-- SECTION 2: two\nCREATE TABLE u ();");

        Finding finding = only();

        assertThat(finding.object()).isEqualTo("file b.sql");
        assertThat(finding.message()).contains("section 2 of step 2 (b.sql) fails:\nb.sql:4:1: ");
    }

    @Test
    void whatCannotBeTakenBackIsSaidToBeUnknown() throws Exception {
        folder.step("1", "a.sql", TABLE + "VACUUM t;").step("2", "b.sql", "DROP TABLE IF EXISTS none;");

        Finding finding = only();

        assertThat(finding.key()).isEqualTo("not-rerunnable|file a.sql");
        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.message()).contains("the statement at a.sql:2:1 inside a transaction", "VACUUM t;");
    }

    @Test
    void whatOneTransactionForbidsIsNoFaultOfTheFile() throws Exception {
        folder.step("1", "a.sql", TABLE + "REINDEX SCHEMA CONCURRENTLY public;");

        Finding finding = only();

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.message()).contains("a.sql:2:1: ", "(25001)");
    }

    @Test
    void whatIsMadeForATransactionOfTheFileIsNoFaultInAnother() throws Exception {
        String once = "BEGIN;\nCREATE TEMP TABLE x ON COMMIT DROP AS SELECT 1 AS a;\nCOMMIT;\n";
        folder.step("1", "a.sql", once + once);

        Finding finding = only();

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.message()).contains("nobody knows whether step 1 (a.sql)", "a.sql:5:1: ", "(42P07)");
    }

    @Test
    void eachKindOfChangeHasItsAdvice() throws Exception {
        folder.step("1", "a.sql", TABLE + "ALTER TABLE t ADD CHECK (a > 0); ALTER TABLE t DISABLE ROW LEVEL SECURITY;")
                .step("2", "b.sql", "ALTER TABLE t ENABLE ROW LEVEL SECURITY;");

        Finding finding = only();

        assertThat(finding.message()).contains("  + constraint public.t.t_a_check1", "later: b.sql:1");
        assertThat(finding.fix()).contains("where no later step is named", "let one step make it");
    }

    @Test
    void nothingOfItStays() throws Exception {
        folder.step("1", "a.sql", """
                CREATE TABLE IF NOT EXISTS t (id serial PRIMARY KEY, a int);
                SELECT setval('t_id_seq', 1, false);
                INSERT INTO t (a) VALUES (1);
                CREATE SEQUENCE IF NOT EXISTS "Odd'\\s";
                CREATE SEQUENCE IF NOT EXISTS free;
                """)
                .step("2", "b.sql", "INSERT INTO t (a) VALUES (2); SELECT nextval('\"Odd''\\s\"');");
        String everything =
                "SELECT format('%s %s %s', (SELECT string_agg(last_value::text || is_called, ' ') FROM (SELECT * FROM t_id_seq UNION ALL"
                        + " SELECT * FROM \"Odd'\\s\" UNION ALL SELECT * FROM free) s),"
                        + " (SELECT string_agg(t::text, ' ' ORDER BY id) FROM t), (SELECT string_agg(s::text, ' ' ORDER BY place) FROM trackpay_history.steps s))";
        folder.declared();
        Outcome.Applied applied = folder.applied();
        List<String> before = folder.ask(everything);
        folder.progress.clear();

        // the first file begins to count anew, and so meets its own row
        List<Finding> findings = SecondRun.of(folder.plan(), applied.ran(), folder.way(), ApplyOptions.standard("test"))
                .orElseThrow()
                .findings();

        assertThat(findings).extracting(Finding::object).containsExactly("file a.sql");
        assertThat(folder.ask(everything)).isEqualTo(before);
        assertThat(before.get(0)).startsWith("2true 1true 1false");
        assertThat(folder.progress).isEmpty();
        assertThat(folder.applied().ran()).isEmpty();
    }

    @Test
    void onlyTheFirstOfManyObjectsAreListed() throws Exception {
        folder.step("1", "a.sql", "DROP TABLE IF EXISTS t1, t2, t3, t4, t5, t6, t7;")
                .step(
                        "2",
                        "b.sql",
                        "DO $$ BEGIN FOR n IN 1..7 LOOP EXECUTE format('CREATE TABLE IF NOT EXISTS t%s ()', n); END LOOP; END $$;");

        assertThat(only().message())
                .contains("- table public.t5")
                .doesNotContain("t6")
                .endsWith("\n  and 2 more");
    }

    @Test
    void aFileThatIsToRunOnceCanBeAccepted() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t ();");
        folder.suppress(new Suppression("not-rerunnable", "file a.sql", "taken out of staging", Optional.empty()))
                .suppress(new Suppression("not-rerunnable", "file b.sql", "gone", Optional.empty()));

        Judgement judgement = again();

        assertThat(judgement.findings()).isEmpty();
        assertThat(judgement.suppressed()).hasSize(1);
        assertThat(judgement.notes()).hasSize(1);
    }

    @Test
    void aFolderWithoutAPlanIsNotAsked() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t ();");

        assertThat(SecondRun.of(folder.plan(), folder.applied().ran(), folder.way(), ApplyOptions.standard("test")))
                .isEmpty();
    }
}
