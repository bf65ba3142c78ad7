package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplierTest extends FreshDatabase {

    @Test
    void stepsRunInThePlansOrderAndASecondRunHasNothingToDo() throws Exception {
        folder.step("3.1", "b.sql", "CREATE TABLE t (a int);").step("3.2", "a.sql", "INSERT INTO t VALUES (1);");
        assertThat(folder.applied().line()).isEqualTo("Applied 2 steps.");
        assertThat(folder.progress).first().asString().matches("\\[1/2] b\\.sql  Step 3\\.1  \\d+ ms");
        assertThat(folder.progress).last().asString().matches("\\[2/2] a\\.sql  Step 3\\.2  \\d+ ms");
        assertThat(folder.applied().line()).isEqualTo("Nothing to apply: the plan's steps were all applied before.");
        assertThat(folder.ask("SELECT count(*) FROM t")).containsExactly("1");
        assertThat(folder.history()).containsExactly("3.1/0/1", "3.2/0/1");
        assertThat(folder.ask("SELECT applied_by || plugin_version FROM trackpay_history.steps"))
                .contains("postgrestest");
    }

    @Test
    void theStepThatFailsIsRolledBackAndThoseBeforeItStay() throws Exception {
        folder.step("3.0", "a.sql", "CREATE TABLE a ();")
                .step("3.1", "b.sql", "CREATE TABLE b ();")
                .step("3.2", "c.sql", "CREATE TABLE c (provider_id uuid);\n\tSELECT provider_idd FROM c;");
        SqlFailure failure = folder.failure();
        assertThat(failure.lines())
                .containsExactly(
                        "c.sql:2:9: column \"provider_idd\" does not exist (42703)",
                        "  2 | \tSELECT provider_idd FROM c;",
                        "    | \t       ^",
                        " HINT: Perhaps you meant to reference the column \"c.provider_id\".");
        assertThat(failure.consequence())
                .isEqualTo(
                        "Step 3.2 was rolled back; steps 3.0 to 3.1 stay applied. Mend the file and run apply again.");
        assertThat(folder.ask("SELECT relname FROM pg_class WHERE relname IN ('a', 'b', 'c') ORDER BY 1"))
                .containsExactly("a", "b");
        assertThat(folder.history()).containsExactly("3.0/0/1", "3.1/0/1");
        folder.write("c.sql", "CREATE TABLE c ();");
        assertThat(folder.applied().line()).isEqualTo("Applied 1 step; the others were applied before.");
    }

    @Test
    void onARehearsalNothingIsSaidToStay() throws Exception {
        folder.rehearsal().step("1", "a.sql", "SELECT 1").step("2", "b.sql", "SELECT x");
        assertThat(folder.failure().consequence())
                .isEqualTo("Step 2 was rolled back. Mend the file and run apply again.");
    }

    @Test
    void positionsCountCharactersBehindAByteOrderMarkAndAcrossLineEnds() throws Exception {
        folder.step("1", "a.sql", "\uFEFF-- \u00fc\r\n;;\r\nSELECT '\uD83D\uDE00\u6f22', nope;\r\n");
        assertThat(folder.failure().summary()).isEqualTo("a.sql:3:14: column \"nope\" does not exist (42703)");
    }

    @Test
    void positionsHoldInTextThatStartsMidFile() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n\\.\n\nSELECT 1;\n  SELECT '\uD83D\uDE00' FROM nowhere;");
        assertThat(folder.failure().summary()).isEqualTo("a.sql:7:19: relation \"nowhere\" does not exist (42P01)");
    }

    @Test
    void aSyntaxErrorIsFoundBeforeAnythingOfTheTextRuns() throws Exception {
        folder.step("1", "a.sql", "SELECT 1;\nCREATE TABEL t ();");
        assertThat(folder.failure().summary()).isEqualTo("a.sql:2:8: syntax error at or near \"TABEL\" (42601)");
    }

    @Test
    void aStepThatStoppedHalfWayIsMendedBehindWhatRan() throws Exception {
        String ran = "CREATE TABLE t (a int);\nINSERT INTO t VALUES (1), (1);\n";
        String index = "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a);\n";
        folder.step("1", "a.sql", ran + index);
        assertThat(folder.failure().consequence())
                .contains(
                        "What stands up to a.sql:2 stays applied and must stay as it is",
                        "between BEGIN; and COMMIT; lines");

        folder.write("a.sql", ran + "DELETE FROM t;\n" + index);
        assertThat(((Outcome.Refused) folder.apply()).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("changed-after-apply");
                    assertThat(finding.message()).startsWith("step 1 stopped half-way");
                    assertThat(finding.fix()).startsWith("put that part back").doesNotContain("step of its own");
                });

        folder.write("a.sql", ran + "BEGIN;\nDELETE FROM t;\nCOMMIT;\n" + index);
        assertThat(folder.applied().ran()).hasSize(1);
        assertThat(folder.ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'public.i'::regclass"))
                .containsExactly("t");
    }

    @Test
    void whatStoodFirstInItsFileHasNothingBeforeIt() throws Exception {
        database.run("CREATE TABLE t (a int); INSERT INTO t VALUES (1), (1)");
        folder.step("1", "a.sql", "CREATE UNIQUE INDEX CONCURRENTLY i ON t (a);");
        assertThat(folder.failure().consequence())
                .contains("nothing rolls that back")
                .doesNotContain("stays applied and must");
    }

    @Test
    void theFileIsNotRepeatedInTheMessage() throws Exception {
        String more = "\nSELECT 'more';".repeat(50);
        folder.step("1", "a.sql", "SELECT 1;\nINSERT INTO t VALUES ('never closed);" + more.replace("'", ""));
        assertThat(folder.failure().summary())
                .isEqualTo("a.sql:2:23: unterminated quoted string at or near \"'never closed);\u2026 (42601)");

        folder.write("a.sql", "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql $$" + more + "$$;");
        assertThat(folder.failure().summary()).isEqualTo("a.sql:1:50: syntax error at or near \"$$\u2026 (42601)");

        folder.write("a.sql", "SELECT '" + "x".repeat(1000) + "'::int;");
        assertThat(folder.failure().message()).hasSize(301).endsWith("xxx\u2026");
    }

    @Test
    void whatAFileRaisesIsShownWhole() throws Exception {
        folder.step("1", "a.sql", "DO $$ BEGIN RAISE EXCEPTION E'one\\ntwo\\n%', repeat('x', 400); END $$;");
        assertThat(folder.failure().message()).startsWith("one\ntwo\nxxx").hasSize(408);
    }

    @Test
    void anErrorWithoutPositionNamesTheStatementThatRan() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE t (a int CHECK (a > 0));\nINSERT INTO t VALUES (1);\nSELECT 1;\n-- next\nINSERT INTO t VALUES (0);\nSELECT 2;");
        SqlFailure failure = folder.failure();
        assertThat(failure.summary())
                .startsWith(
                        "a.sql:5:1: in the statement at this place: new row for relation \"t\" violates check constraint")
                .endsWith("(23514)");
        assertThat(failure.lines()).contains(" DETAIL: Failing row contains (0).");
        assertThat(failure.at()).isEqualTo(SqlFailure.At.STATEMENT);
    }

    @Test
    void anErrorInsideADoBlockIsPlacedInItsBody() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "SELECT 1;\nDO LANGUAGE plpgsql $x$\nBEGIN\n  PERFORM 1;\n  RAISE EXCEPTION 'no'\n    USING HINT = 'why';\nEND $x$;");
        SqlFailure failure = folder.failure();
        assertThat(failure.summary()).isEqualTo("a.sql:5:3: no (P0001)");
        assertThat(failure.lines()).contains(" HINT: why");
    }

    @Test
    void anErrorInsideAFunctionShowsTheQueryThatFailed() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM nope FROM pg_class; END $$;\nSELECT f();");
        SqlFailure failure = folder.failure();
        assertThat(failure.place()).isEqualTo(new Source.Place(2, 1));
        assertThat(failure.lines())
                .contains(" QUERY inside the function:", "  1 | SELECT nope FROM pg_class", "    |        ^")
                .anyMatch(line -> line.startsWith(" WHERE: PL/pgSQL function f() line 1"));
    }

    @Test
    void anErrorInAFunctionsTextIsPlacedInTheFile() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "SELECT 1;\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$\nBEGIN\n  SELEC '\u00e4' INTO x;\nEND $$;\nSELECT 2;");
        assertThat(folder.failure().summary()).isEqualTo("a.sql:4:18: \"x\" is not a known variable (42601)");
    }

    @Test
    void aConstraintThatWasLeftForTheEndFailsTheStep() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE p (a int PRIMARY KEY);\nCREATE TABLE c (a int REFERENCES p DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO c VALUES (1);");
        assertThat(folder.failure().sqlState()).isEqualTo("23503");
        assertThat(folder.history()).isEmpty();
    }

    private static final String PARTITIONED = "CREATE TABLE p (i int PRIMARY KEY) PARTITION BY RANGE (i);\n"
            + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);\n";

    @Test
    void aPartitionedTableIsReindexedAndClusteredAsAnyOther() throws Exception {
        folder.step(
                "1",
                "a.sql",
                PARTITIONED + "REINDEX TABLE p1;\nREINDEX INDEX p_pkey;\nREINDEX TABLE p;\nCLUSTER p USING p_pkey;\n"
                        + "CLUSTER p1 USING p1_pkey;\nREINDEX TABLE CONCURRENTLY p;\nREINDEX INDEX CONCURRENTLY p_pkey;");
        folder.applied();
        assertThat(folder.history()).containsExactly("1/0/8");
    }

    /** The advice is followed, and then the file runs. */
    @ParameterizedTest
    @ValueSource(strings = {"REINDEX TABLE p;", "REINDEX INDEX p_pkey;", "CLUSTER p USING p_pkey;"})
    void theFilesOwnTransactionIsNoPlaceForThat(String statement) throws Exception {
        folder.step("1", "a.sql", PARTITIONED + "BEGIN;\n" + statement + "\nCOMMIT;");
        SqlFailure failure = folder.failure();
        assertThat(failure.sqlState()).isEqualTo("25001");
        assertThat(failure.place().line()).isEqualTo(4);
        assertThat(failure.advice())
                .hasValueSatisfying(advice -> assertThat(advice)
                        .contains("partitioned", "out of BEGIN and COMMIT", "each partition")
                        .doesNotContain("top level"));
        folder.write("a.sql", PARTITIONED + statement);
        folder.applied();
    }

    @Test
    void whatRunsOutsideAnyTransactionIsNotHiddenInABlock() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE t (i int);\nDO $$ BEGIN EXECUTE 'CREATE INDEX CONCURRENTLY ON t (i)'; END $$;");
        SqlFailure failure = folder.failure();
        assertThat(failure.sqlState()).isEqualTo("25001");
        assertThat(failure.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("top level"));
    }

    @Test
    void aTableThatThePlanMadeItselfIsNotSaidToBeSomebodyElses() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (id int);\nCREATE TABLE t (id int);");
        assertThat(folder.failure().advice())
                .hasValueSatisfying(advice ->
                        assertThat(advice).contains("an earlier statement of the plan made it, or somebody else did"));
        assertThat(folder.rehearsal().failure().advice())
                .hasValueSatisfying(advice -> assertThat(advice)
                        .contains("an earlier statement of the plan made something of this name")
                        .doesNotContain("somebody else"));
    }

    /** What is to be mended is told by the kind of the error. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            57014 | Run apply again, with a longer -Dtrackpay.statementTimeout if it was the time that ran out.
            40P01 | Run apply again: another session was in the way.
            40001 | Run apply again: another session was in the way.
            53200 | Run apply again when the server has room for it.
            55006 | Mend the file and run apply again.
            22012 | Mend the file and run apply again.
            """)
    void onlyWhatIsWrongInTheFileIsToBeMendedThere(String state, String remedy) throws Exception {
        folder.step("1", "a.sql", "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '" + state + "'; END $$;");
        assertThat(folder.failure().consequence())
                .isEqualTo("Step 1 was rolled back; no step was applied before it. " + remedy);
    }

    /** The whole file is one message, and its first line has nothing to do with it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %sINSERT INTO c VALUES (7);\\nSELECT 1; | a.sql:5:1: at the end of the transaction, where deferred constraints are checked: insert or update
            BEGIN;%sINSERT INTO c VALUES (7);\\nSELECT 1;\\nCOMMIT; | a.sql:6:1: at the end of the transaction, where deferred constraints are checked: insert or update
            %sSET CONSTRAINTS ALL IMMEDIATE;\\nINSERT INTO c VALUES (7);\\nSELECT 1; | a.sql:5:1: in the statement at this place: insert or update
            """)
    void whatWasLeftForTheEndFailsThere(String text, String summary) throws Exception {
        folder.step("1", "a.sql", text.replace("\\n", "\n").formatted("""
                -- parents and children
                CREATE TABLE p (i int PRIMARY KEY);
                CREATE TABLE c (i int CONSTRAINT cfk REFERENCES p DEFERRABLE INITIALLY DEFERRED);
                """));
        assertThat(folder.failure().summary()).startsWith(summary);
    }

    @Test
    void sectionsAreTransactionsAndTheNextRunGoesOnBehindTheLast() throws Exception {
        String text =
                "-- SECTION 1: One\nCREATE TABLE a ();\n-- SECTION 2: Two\nCREATE TABLE b ();\nSELECT x;\n-- SECTION 3: Three\nCREATE TABLE c ();\n";
        folder.step("3.1", "first.sql", "SELECT 1").sections("3.2", "s.sql", text);
        assertThat(folder.failure().consequence())
                .isEqualTo("Section 2 of step 3.2 was rolled back; steps 3.1 to 3.2 (up to section 1) stay applied."
                        + " Mend the file and run apply again.");
        assertThat(folder.progress).last().asString().matches("\\[2/2] s\\.sql  section 1/3 One  \\d+ ms");
        assertThat(folder.history()).containsExactly("3.1/0/1", "3.2/1/1");
        folder.write("s.sql", text.replace("SELECT x;\n", "").replace("\n", "\r\n"));
        assertThat(folder.applied().ran()).extracting(Unit::section).containsExactly(2, 3);
        assertThat(folder.ask("SELECT relname FROM pg_class WHERE relname IN ('a', 'b', 'c') ORDER BY 1"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void whatAFileSetsDoesNotReachTheNext() throws Exception {
        folder.step(
                        "1",
                        "a.sql",
                        "SELECT pg_catalog.set_config('search_path', '', false); SET TIME ZONE 'Asia/Tokyo'; CREATE TABLE public.t ();")
                .step("2", "b.sql", "SELECT * FROM t; SET ROLE authenticated;")
                .step("3", "c.sql", "CREATE TEMP TABLE x (); SELECT current_user;")
                .sections(
                        "4",
                        "d.sql",
                        "-- SECTION 1: a\nSET search_path = auth;\n-- SECTION 2: b\nSELECT * FROM t, current_setting('TimeZone');\n");
        folder.applied();
        assertThat(folder.tables.get(1).rows().get(0)).containsExactly(java.util.Optional.of("postgres"));
        assertThat(folder.ask("SELECT DISTINCT applied_by FROM trackpay_history.steps"))
                .containsExactly("postgres");
    }

    @Test
    void rowsOfCopyArriveAndABadRowIsPlaced() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE t (a int, b text);\nCOPY public.t (a, b) FROM stdin;\n1\t\u00e4;\\\\.\n2\t\\N\n\\.\n\nINSERT INTO t VALUES (3, 'c');\n");
        folder.applied();
        assertThat(folder.ask("SELECT a || coalesce(b, ' null') FROM t ORDER BY a"))
                .containsExactly("1\u00e4;\\.", "2 null", "3c");
        folder.step("2", "b.sql", "SELECT 1;\nCOPY t (a, b) FROM stdin WITH (FORMAT csv);\n4,x\nfive,y\n\\.\n");
        SqlFailure failure = folder.failure();
        assertThat(failure.summary()).isEqualTo("b.sql:4:1: invalid input syntax for type integer: \"five\" (22P02)");
        folder.write("b.sql", "COPY nowhere FROM stdin;\n\\.\n");
        assertThat(folder.failure().summary()).startsWith("b.sql:1:").contains("relation \"nowhere\" does not exist");
    }

    @Test
    void indexesAreBuiltConcurrentlyUnderTheLock() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "SET search_path = auth, public;\nCREATE TABLE public.t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);\nDROP INDEX CONCURRENTLY i;\nVACUUM t;\nCREATE TABLE public.last ();");
        folder.applied();
        assertThat(folder.history()).containsExactly("1/0/5");
        assertThat(folder.applied().ran()).isEmpty();
    }

    @Test
    void aFileThatFailedBetweenItsPartsGoesOnThere() throws Exception {
        String head =
                "SET search_path = extensions, public;\nCREATE TABLE public.t (a int);\nINSERT INTO t VALUES (1);\nCREATE INDEX CONCURRENTLY i ON t (a);\n";
        folder.step("1", "a.sql", head + "INSERT INTO t VALUES (2), ('x');");
        SqlFailure failure = folder.failure();
        assertThat(failure.place().line()).isEqualTo(5);
        assertThat(failure.consequence())
                .startsWith(
                        "Step 1: what stands up to a.sql:4 stays applied; what came behind it was rolled back. No step");
        assertThat(folder.history()).containsExactly("1/0/2/open");
        assertThat(folder.status().units().get(0).state()).isInstanceOf(Standing.State.Unfinished.class);
        folder.write("a.sql", head + "INSERT INTO t VALUES (2), (3);");
        folder.applied();
        assertThat(folder.ask("SELECT a FROM t ORDER BY a")).containsExactly("1", "2", "3");
        assertThat(folder.history()).containsExactly("1/0/3");
    }

    @Test
    void whatIsDoneOfAnUnfinishedFileMayNotChange() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);\nSELECT x;");
        folder.failure();
        folder.write("a.sql", "CREATE TABLE t (a bigint);\nCREATE INDEX CONCURRENTLY i ON t (a);\nSELECT 1;");
        assertThat(refused()).extracting(Finding::check).containsExactly("changed-after-apply");
    }

    @Test
    void aStatementOutsideATransactionThatFailsSaysSo() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE t AS SELECT 1 AS a UNION ALL SELECT 1;\nCREATE UNIQUE INDEX CONCURRENTLY u ON t (a);");
        SqlFailure failure = folder.failure();
        assertThat(failure.place()).isEqualTo(new Source.Place(2, 1));
        assertThat(failure.consequence()).contains("nothing rolls that back");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ALTER SYSTEM SET no_such_parameter = 1                 | tries it again.
            ALTER SYSTEM SET no_such_parameter = 'CONCURRENTLY'    | tries it again.
            VACUUM nowhere                                         | tries it again.
            CREATE DATABASE postgres                               | tries it again.
            DROP DATABASE nowhere                                  | tries it again.
            CREATE TABLESPACE s LOCATION '/nowhere'                | tries it again.
            DROP INDEX CONCURRENTLY nowhere                        | tries it again.
            REINDEX TABLE nowhere                                  | tries it again.
            REINDEX SCHEMA nowhere                                 | tries it again.
            CLUSTER nowhere                                        | tries it again.
            CREATE INDEX CONCURRENTLY i ON nowhere (a)             | looks what it left, and drops an invalid index.
            create unique index /* so */ concurrently on nowhere (a) | looks what it left, and drops an invalid index.
            REINDEX INDEX CONCURRENTLY nowhere                     | looks what it left, and drops an invalid index.
            REINDEX (VERBOSE, CONCURRENTLY) TABLE nowhere          | looks what it left, and drops an invalid index.
            ALTER TABLE nowhere DETACH PARTITION p CONCURRENTLY    | looks what it left, and finishes what is half detached.
            """)
    void whatTheNextRunDoesAboutAStatementOutsideATransactionIsTrueOfIt(String statement, String next)
            throws Exception {
        folder.step("1", "a.sql", "SELECT 1;\n" + statement + ";");
        assertThat(folder.failure().consequence())
                .startsWith("Step 1 stopped at a statement that runs outside a transaction: nothing rolls that back."
                        + " The next run " + next + " What stands up to a.sql:1 stays applied");
        folder.failure();
        assertThat(folder.recognised).singleElement().asString().contains("it runs again");
        folder.write("a.sql", "SELECT 1;\n");
        assertThat(folder.applied().ran()).as("without the statement").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TYPE nowhere ADD VALUE 'b'",
                "CREATE INDEX i ON nowhere (a)",
                "ALTER DATABASE nowhere SET work_mem = '8MB'"
            })
    void whatIsInATransactionIsRolledBackWithIt(String statement) throws Exception {
        folder.step("1", "a.sql", "SELECT 1;\n" + statement + ";");
        assertThat(folder.failure().consequence()).startsWith("Step 1 was rolled back; no step was applied before it.");
    }

    @Test
    void aStatementThatEndedAndCouldNotBeWrittenDownIsLookedFor() throws Exception {
        folder.step("1", "a.sql", """
                        CREATE FUNCTION full() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$;
                        CREATE TRIGGER t BEFORE UPDATE ON trackpay_history.steps FOR EACH ROW
                        WHEN (NEW.step = '2' AND NEW.finished_at IS NOT NULL) EXECUTE FUNCTION full();
                        """).step("2", "b.sql", "CREATE DATABASE trackpay_written;");
        try {
            assertThat(folder.failure().consequence())
                    .contains("nothing rolls that back. The next run looks what became of it. Step 1 stays applied.");
            root("DROP TRIGGER t ON trackpay_history.steps");
            folder.applied();
            assertThat(folder.recognised).singleElement().asString().contains("the statement had ended");
        } finally {
            root("DROP DATABASE IF EXISTS trackpay_written");
        }
    }

    @Test
    void resultsAreTables() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "SELECT 'tables' AS category, NULL AS status, 8 AS n UNION ALL SELECT E'two\\nlines', 'OK', 10;\nSELECT FROM (VALUES (1)) v; SELECT generate_series(1, 300) AS g;");
        folder.applied();
        assertThat(folder.tables.get(0))
                .isEqualTo(new ResultTable(
                        List.of("category", "status", "n"),
                        List.of(
                                List.of(Optional.of("tables"), Optional.empty(), Optional.of("8")),
                                List.of(Optional.of("two\nlines"), Optional.of("OK"), Optional.of("10"))),
                        2));
        assertThat(folder.tables.get(2).rows()).hasSize(200);
        assertThat(folder.tables.get(2).total()).isEqualTo(300);
    }

    @Test
    void warningsAreToldFromNotices() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "DROP TABLE IF EXISTS nowhere; DO $$ BEGIN RAISE WARNING 'look here'; END $$;\n\\echo 'and here'\nCOPY (SELECT 'out') TO stdout;");
        folder.applied();
        assertThat(folder.notices).extracting(Notice::warning).containsExactly(false, true);
        assertThat(folder.notices.get(1).message()).contains("look here");
        assertThat(folder.echoes).containsExactly("and here", "out");
    }

    @Test
    void aFilesOwnBeginAndCommitAreItsTransaction() throws Exception {
        folder.step("1", "a.sql", "BEGIN;\nCREATE TABLE t ();\nSELECT x;\nCOMMIT;");
        assertThat(folder.failure().summary()).startsWith("a.sql:3:8:");
        assertThat(folder.ask("SELECT to_regclass('t')::text")).containsExactly((String) null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\uFEFF", " \r\n", "-- DROP TABLE t;\n/* SELECT 1; /* 2; */ */\n", ";;\n", "/* never closed"
            })
    void aFileWithoutAStatementIsToldAndApplied(String text) throws Exception {
        folder.step("1", "a.sql", text).step("2", "b.sql", "SELECT 1;");
        assertThat(folder.applied().ran()).hasSize(2);
        assertThat(folder.notes)
                .containsExactly("a.sql: the file holds no statement: step 1 is applied and does nothing."
                        + " If it should do something, see whether the file was saved.");
        assertThat(folder.history()).containsExactly("1/0/0", "2/0/1");
        assertThat(folder.applied().ran()).isEmpty();
        assertThat(folder.notes).as("what is applied is not told again").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\echo 'nothing to do'",
                "\\set ON_ERROR_STOP on",
                "BEGIN; COMMIT;",
                "-- first\nSELECT 1",
                "VACUUM",
                "SET work_mem = '8MB'"
            })
    void aFileWithLittleInItIsNotSaidToBeEmpty(String text) throws Exception {
        folder.step("1", "a.sql", text);
        folder.applied();
        assertThat(folder.notes).noneMatch(note -> note.contains("no statement"));
    }

    @Test
    void emptySectionsAreToldOnlyWhereTheWholeFileIsEmpty() throws Exception {
        folder.sections("1", "a.sql", "-- SECTION 1: a\n-- SECTION 2: b\nSELECT 1;\n-- SECTION 3: c\n-- later\n");
        folder.applied();
        assertThat(folder.notes).isEmpty();
        folder.sections("2", "b.sql", "-- SECTION 1: a\n-- SECTION 2: b\n-- later\n");
        folder.applied();
        assertThat(folder.notes)
                .singleElement()
                .asString()
                .startsWith("b.sql: the file holds no statement: step 2 is applied");
        assertThat(folder.history()).containsExactly("1/1/0", "1/2/1", "1/3/0", "2/1/0", "2/2/0");
    }

    @Test
    void whatADryRunLeavesOutIsNotMissing() throws Exception {
        folder.step("1", "a.sql", "VACUUM;");
        folder.dryRun();
        assertThat(folder.notes).isEmpty();
    }

    @Test
    void everyFileIsReadBeforeTheFirstRuns() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t ();")
                .step("2", "b.sql", "SELECT 1;\n\\i more.sql\n")
                .step("3", "c.sql", "COMMIT;");
        assertThatThrownBy(folder::apply)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining(
                        "b.sql:2:1: \\i is a command of psql that apply does not know: make the other file a step of its own.")
                .hasMessageContaining("  2 | \\i more.sql")
                .hasMessageContaining("c.sql:1:1: COMMIT without a BEGIN");
        assertThat(folder.ask("SELECT to_regclass('t')::text")).containsExactly((String) null);
    }

    @Test
    void anAppliedFileMayNotChangeButItsLineEndsMay() throws Exception {
        folder.step("1", "a.sql", "SELECT 1;\nSELECT 2;\n").step("2", "b.sql", "SELECT 1;");
        folder.applied();
        folder.write("a.sql", "\uFEFFSELECT 1;\r\nSELECT 2;");
        assertThat(folder.applied().ran()).isEmpty();
        folder.write("a.sql", "SELECT 1;\nSELECT 3;\n").step("3", "c.sql", "CREATE TABLE t ();");
        assertThat(refused()).singleElement().satisfies(finding -> {
            assertThat(finding.key()).isEqualTo("changed-after-apply|file a.sql");
            assertThat(finding.step())
                    .hasValueSatisfying(step -> assertThat(step.id()).isEqualTo("1"));
        });
        assertThat(folder.ask("SELECT to_regclass('t')::text")).containsExactly((String) null);
    }

    @Test
    void aPendingStepBeforeAnAppliedOneIsRefused() throws Exception {
        folder.step("1", "a.sql", "SELECT 1").step("2", "b.sql", "SELECT 2");
        folder.applied();
        folder.step("1.5", "new.sql", "SELECT 3").swap(1, 2);
        assertThat(refused()).extracting(Finding::key).containsExactly("order-violation|file new.sql");
        folder.without("1.5").without("1");
        assertThat(refused()).extracting(Finding::key).containsExactly("changed-after-apply|file a.sql");
    }

    @Test
    void statusReadsWithoutWriting() throws Exception {
        folder.step("1", "a.sql", "SELECT 1").step("2", "b.sql", "SELECT 2");
        assertThat(folder.status().units()).allMatch(entry -> entry.state() instanceof Standing.State.Pending);
        assertThat(folder.ask("SELECT to_regnamespace('trackpay_history')::text"))
                .containsExactly((String) null);
        folder.without("2").applied();
        folder.step("2", "b.sql", "SELECT 2").write("a.sql", "SELECT 3");
        assertThat(folder.status().units())
                .extracting(entry -> entry.state().getClass().getSimpleName())
                .containsExactly("Changed", "Pending");
    }

    @ParameterizedTest
    @EnumSource(GrantEra.class)
    void theHistoryIsNobodysBusiness(GrantEra era) throws Exception {
        try (TestPostgres.Database other = TestPostgres.of(17, era).database()) {
            other.run("ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO anon, authenticated, PUBLIC;"
                    + "ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO anon, authenticated, PUBLIC;");
            Folder there = new Folder(path, other).step("1", "a.sql", "SELECT 1");
            there.applied();
            for (String role : List.of("anon", "authenticated")) {
                try (Connection connection = other.as(role);
                        Statement statement = connection.createStatement()) {
                    assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM trackpay_history.steps"))
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("permission denied for schema trackpay_history");
                }
                assertThat(there.ask("SELECT has_table_privilege('" + role
                                + "', 'trackpay_history.steps', 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')::text"))
                        .containsExactly("false");
            }
        }
    }

    @Test
    void aHistoryThatMayNotBeReadIsSaidToBeItsOwners() throws Exception {
        folder.step("1", "a.sql", "SELECT 1");
        folder.applied();
        String password = database.migrations().password().value();
        root("CREATE ROLE trackpay_guest LOGIN PASSWORD '" + password + "'");
        try {
            Way guest = new Way(database.jdbcUrl(), "trackpay_guest", password);
            Applier applier = new Applier(guest, ApplyOptions.standard("test"), folder);
            assertThatThrownBy(() -> applier.apply(folder.plan()))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessage(
                            "The history in schema trackpay_history belongs to role postgres, and you may not read it."
                                    + " Connect as postgres, or as a member of that role.");
            root("ALTER TABLE trackpay_history.steps OWNER TO supabase_admin;"
                    + "GRANT USAGE ON SCHEMA trackpay_history TO trackpay_guest");
            assertThatThrownBy(() -> ApplyStatus.read(folder.plan(), guest))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("belongs to role supabase_admin, and");
            // somebody else's, and open to whoever asks
            root("GRANT SELECT ON trackpay_history.steps TO trackpay_guest");
            assertThat(ApplyStatus.read(folder.plan(), guest).pending()).isEmpty();
        } finally {
            root("DROP OWNED BY trackpay_guest; DROP ROLE trackpay_guest");
        }
    }

    @Test
    void twoAppliersRunEachStepOnce() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int); INSERT INTO t VALUES (1); SELECT pg_sleep(1);")
                .step("2", "b.sql", "CREATE INDEX CONCURRENTLY i ON t (a); INSERT INTO t VALUES (2);")
                .sections(
                        "3",
                        "c.sql",
                        "-- SECTION 1: a\nINSERT INTO t VALUES (3);\n-- SECTION 2: b\nINSERT INTO t VALUES (4);");
        List<CompletableFuture<Integer>> runs = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return folder.applied().ran().size();
                    } catch (CouldNotRunException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .limit(2)
                .toList();
        int ran = 0;
        for (CompletableFuture<Integer> run : runs) {
            ran += run.get(60, TimeUnit.SECONDS);
        }
        assertThat(ran).isEqualTo(4);
        assertThat(folder.ask("SELECT a FROM t ORDER BY a")).containsExactly("1", "2", "3", "4");
        assertThat(folder.waits)
                .singleElement()
                .asString()
                .matches("Waiting for another apply to end: pid \\d+, folder, since .*");
    }

    @Test
    void anApplierThatDoesNotEndIsNamed() throws Exception {
        folder.step("1", "a.sql", "SELECT 1");
        try (ApplyLock lock = new ApplyLock(folder.way())) {
            lock.take(Duration.ZERO, folder);
            Applier second = folder.applier(new ApplyOptions(Duration.ofSeconds(1), Duration.ZERO, 10, "test"));
            assertThatThrownBy(() -> second.apply(folder.plan()))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageMatching("Another apply is at work on this database.*pid \\d+, folder, since .*");
        }
        assertThat(folder.applied().ran()).hasSize(1);
    }

    @Test
    void aLockedTableFailsTheStepInsteadOfWaitingForEver() throws Exception {
        database.run("CREATE TABLE t (a int)");
        folder.step("1", "a.sql", "ALTER TABLE t ADD b int;");
        try (Connection other = database.asMigrations();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE t");
            Outcome outcome = folder.applier(new ApplyOptions(Duration.ofMillis(100), Duration.ZERO, 10, "test"))
                    .apply(folder.plan());
            SqlFailure failure = ((Outcome.Failed) outcome).failure();
            assertThat(failure.sqlState()).isEqualTo("55P03");
            assertThat(failure.advice())
                    .hasValueSatisfying(advice -> assertThat(advice).contains("-Dtrackpay.lockTimeout"));
        }
    }

    @Test
    void aLostConnectionIsNoFaultOfTheFile() throws Exception {
        folder.step("1", "a.sql", "SELECT 1")
                .step("2", "b.sql", "CREATE TABLE t (); SELECT pg_terminate_backend(pg_backend_pid());");
        assertThatThrownBy(folder::apply)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("was lost while step 2 (b.sql) ran")
                .hasMessageContaining("its transaction was not committed")
                .hasMessageContaining("Step 1 stays applied.");
        folder.write("b.sql", "CREATE TABLE t ();");
        assertThat(folder.applied().ran()).hasSize(1);
    }

    @Test
    void aRoleThatMayNotKeepTheRecordIsToldWhatItLacks() throws Exception {
        try (Connection admin = database.asSuperuser();
                Statement statement = admin.createStatement()) {
            statement.execute("ALTER DATABASE " + database.name() + " OWNER TO supabase_admin");
        }
        folder.step("1", "a.sql", "SELECT 1");
        assertThatThrownBy(folder::apply)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("Role postgres may not create schema trackpay_history")
                .hasMessageContaining("GRANT CREATE ON DATABASE " + database.name() + " TO postgres;");
    }

    @Test
    void aDatabaseThatOnlyReadsIsRefused() throws Exception {
        database.run("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
        folder.step("1", "a.sql", "SELECT 1");
        assertThatThrownBy(folder::apply)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("is read only for postgres");
    }

    private void root(String sql) throws SQLException {
        try (Connection connection = database.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<Finding> refused() throws CouldNotRunException {
        return ((Outcome.Refused) folder.apply()).findings();
    }
}
