package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file's own BEGIN and COMMIT, and what it sets for the session it runs in. */
class OwnTransactionTest extends FreshDatabase {

    @Test
    void onePairIsTheStepsTransaction() throws Exception {
        folder.step("1", "a.sql", "-- all or nothing\nBEGIN;\nCREATE TABLE t ();\nCOMMIT;\n");
        folder.applied();
        assertThat(folder.history()).containsExactly("1/0/1");
        assertThat(folder.notes)
                .containsExactly(
                        "a.sql:2:1: the file's own BEGIN and COMMIT are kept: they are the transaction of step 1.");
    }

    @Test
    void afterAFailureTheNextRunGoesOnBehindTheLastCommit() throws Exception {
        String head =
                "CREATE TABLE t (a int);\nBEGIN;\nINSERT INTO t VALUES (1);\nCOMMIT;\nINSERT INTO t VALUES (2);\n";
        folder.step(
                "1", "a.sql", head + "BEGIN;\nINSERT INTO t VALUES (3), (nope);\nCOMMIT;\nINSERT INTO t VALUES (4);");
        SqlFailure failure = folder.failure();
        assertThat(failure.summary()).isEqualTo("a.sql:7:28: column \"nope\" does not exist (42703)");
        assertThat(failure.consequence())
                .isEqualTo("Step 1: what stands up to a.sql:5 stays applied; what came behind it was rolled back."
                        + " No step was applied before it. Mend the file and run apply again.");
        assertThat(folder.ask("SELECT a FROM t ORDER BY a")).containsExactly("1", "2");
        assertThat(folder.history()).containsExactly("1/0/3/open");
        assertThat(folder.notes)
                .containsExactly(
                        "a.sql:2:1: the file's own BEGIN and COMMIT are kept: step 1 is applied in 5 transactions. "
                                + "If it stops between two, the next run goes on behind the last one.");
        folder.write("a.sql", head + "BEGIN;\nINSERT INTO t VALUES (3);\nCOMMIT;\nINSERT INTO t VALUES (4);");
        folder.applied();
        assertThat(folder.ask("SELECT a FROM t ORDER BY a")).containsExactly("1", "2", "3", "4");
        assertThat(folder.history()).containsExactly("1/0/5");
    }

    @Test
    void eachPairIsATransactionOfItsOwnWithItsIsolationLevel() throws Exception {
        folder.step("1", "a.sql", """
                CREATE TABLE t AS SELECT pg_current_xact_id()::text AS id, current_setting('transaction_isolation') AS level;
                BEGIN ISOLATION LEVEL SERIALIZABLE;
                INSERT INTO t VALUES (pg_current_xact_id()::text, current_setting('transaction_isolation'));
                COMMIT;
                START TRANSACTION;
                INSERT INTO t VALUES (pg_current_xact_id()::text, current_setting('transaction_isolation'));
                INSERT INTO t VALUES (pg_current_xact_id()::text, current_setting('transaction_isolation'));
                END;
                """);
        folder.applied();
        assertThat(folder.ask("SELECT level || ' ' || count(*) FROM t GROUP BY id, level ORDER BY min(id::xid8)"))
                .containsExactly("read committed 1", "serializable 1", "read committed 2");
    }

    @Test
    void anEnumsNewValueCanBeUsedBehindTheCommitAndNotBeforeIt() throws Exception {
        folder.step("1", "a.sql", "CREATE TYPE e AS ENUM ('a');\nCREATE TABLE t (a e);")
                .step("2", "b.sql", "ALTER TYPE e ADD VALUE 'b';\nINSERT INTO t VALUES ('b');");
        SqlFailure failure = folder.failure();
        assertThat(failure.summary())
                .startsWith("b.sql:2:23: unsafe use of new value \"b\" of enum type e")
                .endsWith("(55P04)");
        assertThat(failure.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("COMMIT;", "BEGIN;", "step or a section"));
        folder.write("b.sql", "BEGIN;\nALTER TYPE e ADD VALUE 'b';\nCOMMIT;\nINSERT INTO t VALUES ('b');");
        folder.applied();
        assertThat(folder.ask("SELECT a FROM t")).containsExactly("b");
    }

    @Test
    void aCommitInsideADoBlockIsPlacedAtItsLine() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t ();\nDO $$\nBEGIN\n  DROP TABLE t;\n  COMMIT;\nEND $$;");
        SqlFailure failure = folder.failure();
        assertThat(failure.summary()).isEqualTo("a.sql:5:3: invalid transaction termination (2D000)");
        assertThat(failure.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("Take the COMMIT out"));
    }

    @Test
    void aProcedureThatCommitsIsPlacedAtItsCall() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;\nSELECT 1;\nCALL p();");
        assertThat(folder.failure().summary())
                .isEqualTo("a.sql:3:1: in the statement at this place: invalid transaction termination (2D000)");
    }

    @Test
    void nothingOfAFilesSessionReachesTheNext() throws Exception {
        folder.step("1", "a.sql", """
                        CREATE TABLE kept ();
                        CREATE TEMP TABLE mine (a int);
                        PREPARE p AS SELECT 1;
                        SELECT pg_advisory_lock(42);
                        LISTEN there;
                        SET statement_timeout = '1h';
                        SET search_path = '';
                        SET ROLE authenticated;
                        """).step("2", "b.sql", """
                        CREATE TABLE seen AS SELECT
                            current_user::text AS who,
                            current_setting('search_path') AS path,
                            current_setting('statement_timeout') AS timeout,
                            to_regclass('mine')::text AS temporary,
                            (SELECT count(*) FROM pg_prepared_statements) AS prepared,
                            (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 42 AND pid = pg_backend_pid()) AS locks,
                            (SELECT count(*) FROM pg_listening_channels()) AS channels;
                        """);
        folder.applied();
        assertThat(
                        folder.ask(
                                "SELECT concat_ws('|', who, timeout, coalesce(temporary, 'none'), prepared, locks, channels) FROM seen"))
                .containsExactly("postgres|0|none|0|0|0");
        assertThat(folder.ask("SELECT path FROM seen"))
                .singleElement()
                .asString()
                .contains("public");
    }

    @Test
    void whatIsSetForOneTransactionEndsWithIt() throws Exception {
        folder.step("1", "a.sql", """
                CREATE SCHEMA app;
                BEGIN;
                SELECT set_config('search_path', 'app', true);
                CREATE TABLE x ();
                COMMIT;
                BEGIN;
                CREATE TABLE y ();
                COMMIT;
                SELECT set_config('search_path', 'app', false);
                VACUUM;
                CREATE TABLE z ();
                """);
        folder.applied();
        assertThat(
                        folder.ask(
                                "SELECT oid::regclass::text FROM pg_class WHERE relname IN ('x', 'y', 'z') AND relkind = 'r' ORDER BY relname"))
                .containsExactly("app.x", "y", "app.z");
    }

    @Test
    void aRoleThatIsLaidDownAndDroppedIsNotTakenUpAgain() throws Exception {
        String head = """
                CREATE ROLE trackpay_builder NOLOGIN;
                GRANT trackpay_builder TO postgres;
                SET ROLE trackpay_builder;
                SELECT current_user;
                RESET ROLE;
                DROP ROLE trackpay_builder;
                CREATE TABLE y (i int);
                CREATE INDEX CONCURRENTLY ON y (i);
                """;
        folder.step("1", "a.sql", head + "SELECT nope;");
        assertThat(folder.failure().summary()).startsWith("a.sql:9:8: column \"nope\"");
        folder.write("a.sql", head + "SELECT 1;");
        folder.applied();
        assertThat(folder.history()).containsExactly("1/0/3");
    }

    @Test
    void whatOnlyAnotherRoleMaySetIsSetAgainAsThatRole() throws Exception {
        root("CREATE ROLE trackpay_setter NOLOGIN; GRANT SET ON PARAMETER deadlock_timeout TO trackpay_setter;"
                + " GRANT trackpay_setter TO postgres WITH INHERIT FALSE");
        try {
            assertThatThrownBy(() -> database.run("SET deadlock_timeout = '7s'"))
                    .hasMessageContaining("permission denied to set parameter");
            String head = """
                    CREATE TABLE a (i int);
                    SET work_mem = '7MB';
                    SET ROLE trackpay_setter;
                    SET deadlock_timeout = '7s';
                    SET search_path = extensions, public;
                    RESET ROLE;
                    CREATE INDEX CONCURRENTLY ON a (i);
                    """;
            folder.step("1", "a.sql", head + "SELECT nope;");
            folder.failure();
            folder.write(
                    "a.sql",
                    head + "SELECT current_user, current_setting('deadlock_timeout'), current_setting('work_mem'),"
                            + " current_setting('search_path');");
            folder.applied();
            assertThat(folder.tables.get(folder.tables.size() - 1).rows().get(0))
                    .extracting(cell -> cell.orElse("null"))
                    .containsExactly("postgres", "7s", "7MB", "extensions, public");
        } finally {
            root("REVOKE ALL ON PARAMETER deadlock_timeout FROM trackpay_setter; DROP ROLE trackpay_setter");
        }
    }

    private void root(String sql) throws Exception {
        try (Connection connection = database.asSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What everybody may set needs no role, and the role may be gone. */
    @Test
    void whatWasSetAsARoleThatIsGoneIsSetAgainWithoutIt() throws Exception {
        String head = """
                CREATE ROLE trackpay_passing NOLOGIN;
                GRANT trackpay_passing TO postgres;
                SET ROLE trackpay_passing;
                SET work_mem = '7MB';
                RESET ROLE;
                DROP ROLE trackpay_passing;
                VACUUM;
                """;
        folder.step("1", "a.sql", head + "SELECT nope;");
        folder.failure();
        folder.write("a.sql", head + "SHOW work_mem;");
        folder.applied();
        assertThat(folder.tables.get(folder.tables.size() - 1).rows().get(0).get(0))
                .contains("7MB");
    }

    @Test
    void aRoleThatIsKeptIsActedAsBehindEachMarkInTheHistory() throws Exception {
        String head = """
                CREATE ROLE trackpay_keeper NOLOGIN;
                GRANT trackpay_keeper TO postgres;
                GRANT CREATE ON SCHEMA public TO trackpay_keeper;
                SET ROLE trackpay_keeper;
                CREATE TABLE a (i int);
                CREATE INDEX CONCURRENTLY ON a (i);
                CREATE TABLE b (i int);
                BEGIN;
                SET LOCAL ROLE NONE;
                COMMIT;
                CREATE TABLE c (i int);
                VACUUM a;
                """;
        folder.step("1", "a.sql", head + "SELECT nope;");
        folder.failure();
        folder.write("a.sql", head + "CREATE TABLE d (i int);\nRESET ROLE;\nVACUUM;\nCREATE TABLE e ();");
        folder.applied();
        assertThat(
                        folder.ask(
                                "SELECT relname || ' ' || relowner::regrole FROM pg_class WHERE relname IN ('a', 'b', 'c', 'd', 'e') AND relkind = 'r' ORDER BY 1"))
                .containsExactly(
                        "a trackpay_keeper",
                        "b trackpay_keeper",
                        "c trackpay_keeper",
                        "d trackpay_keeper",
                        "e postgres");
        assertThat(folder.ask("SELECT applied_by FROM trackpay_history.steps")).containsExactly("postgres");
        database.run("DROP OWNED BY trackpay_keeper; DROP ROLE trackpay_keeper");
    }

    @Test
    void aRunThatGoesOnFindsTheLastValueOfEachSetting() throws Exception {
        String head = """
                CREATE SCHEMA app;
                SET search_path = nowhere;
                SET SESSION TIME ZONE 'Asia/Tokyo';
                SET work_mem = '1MB';
                SET app.one = 'a';
                SET app.two TO 'b';
                RESET work_mem;
                SELECT pg_catalog.set_config('search_path', 'app, public', false);
                VACUUM;
                """;
        folder.step("1", "a.sql", head + "SELECT nope;");
        folder.failure();
        folder.write(
                "a.sql",
                head + "CREATE TABLE seen AS SELECT concat_ws('|', current_setting('TimeZone'),"
                        + " current_setting('app.one'), current_setting('app.two'),"
                        + " current_setting('work_mem') <> '1MB') AS it;");
        folder.applied();
        assertThat(folder.ask("SELECT it FROM app.seen")).containsExactly("Asia/Tokyo|a|b|t");
    }

    @Test
    void whatTheFileTookBackStaysTakenBack() throws Exception {
        String head = "SET search_path = auth;\nSET app.one = 'a';\nRESET ALL;\nSET app.two = 'b';\nDISCARD ALL;\n";
        folder.step("1", "a.sql", head + "SELECT nope;");
        folder.failure();
        folder.write(
                "a.sql",
                head + "CREATE TABLE seen AS SELECT concat_ws('|', current_setting('app.one', true),"
                        + " current_setting('app.two', true)) AS it;");
        folder.applied();
        assertThat(folder.ask("SELECT it FROM public.seen")).containsExactly("");
    }

    @Test
    void aSettingThatCodeChangedIsNotSetBackBetweenParts() throws Exception {
        folder.step("1", "a.sql", """
                SET search_path = auth;
                DO $$ BEGIN PERFORM pg_catalog.set_config('search_path', 'public', false); END $$;
                BEGIN;
                SELECT 1;
                COMMIT;
                CREATE TABLE y ();
                """);
        folder.applied();
        assertThat(folder.ask("SELECT to_regclass('public.y')")).containsExactly("y");
    }

    /** Each value that is let through, on the server: what the reader allows must not close the connection. */
    @Test
    void settingsThatTheConnectionKeepsUpWithAreSet() throws Exception {
        folder.step("1", "a.sql", """
                SET datestyle = 'ISO, DMY';
                CREATE TABLE t AS SELECT '01.02.2026'::date AS d;
                BEGIN;
                SET datestyle TO YMD;
                COMMIT;
                SET LOCAL DateStyle = ISO, MDY;
                VACUUM;
                SET datestyle TO DEFAULT;
                VACUUM;
                SELECT set_config('datestyle', 'iso', false);
                VACUUM;
                RESET datestyle;
                SET client_encoding = 'utf-8';
                VACUUM;
                SET NAMES 'UTF8';
                SET client_encoding TO DEFAULT;
                VACUUM;
                RESET client_encoding;
                CREATE FUNCTION german() RETURNS text LANGUAGE sql SET datestyle = 'German' AS $$ SELECT '2026-02-01'::date::text $$;
                CREATE TABLE seen AS SELECT german() AS it;
                """);
        folder.applied();
        assertThat(folder.ask("SELECT d::text FROM t")).containsExactly("2026-02-01");
        assertThat(folder.ask("SELECT it FROM seen")).containsExactly("01.02.2026");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DateStyle | German | SET datestyle = 'ISO, DMY'
            client_encoding | LATIN1 | SET client_encoding = 'UTF8'
            """)
    void codeThatMakesTheDriverCloseTheConnectionIsAFaultOfTheFile(String name, String value, String instead)
            throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t ();")
                .step(
                        "2",
                        "b.sql",
                        "CREATE TABLE u ();\nDO $$ BEGIN PERFORM set_config('" + name + "', '" + value
                                + "', false); END $$;");
        SqlFailure failure = folder.failure();
        assertThat(failure.summary()).startsWith("b.sql:2:1: ").contains(name);
        assertThat(failure.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains(instead));
        assertThat(failure.consequence())
                .isEqualTo("Step 2 was rolled back; step 1 stays applied. Mend the file and run apply again.");
        assertThat(folder.ask("SELECT to_regclass('u') IS NULL")).containsExactly("t");
    }

    @Test
    void stringsOfOldDumpsAreReadAsTheFileSays() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE t (a text);\nSET standard_conforming_strings = off;\nSET escape_string_warning = off;\n"
                        + "INSERT INTO t VALUES ('it\\'s; \\\\');\nRESET standard_conforming_strings;\n"
                        + "INSERT INTO t VALUES ('\\'), ('two');");
        folder.applied();
        assertThat(folder.ask("SELECT a FROM t")).containsExactly("it's; \\", "\\", "two");
    }

    @Test
    void stringsThatTheDatabaseReadsOtherwiseAreRefusedAtTheirLine() throws Exception {
        try (Connection admin = database.asSuperuser();
                Statement statement = admin.createStatement()) {
            statement.execute("ALTER DATABASE " + database.name() + " SET standard_conforming_strings = off");
        }
        folder.step("1", "a.sql", "CREATE TABLE t (a text);\nINSERT INTO t VALUES ('no backslash');")
                .step("2", "b.sql", "-- here\nINSERT INTO t VALUES ('\\');\n");
        assertThat(folder.failure().summary())
                .startsWith("b.sql:2:1: in the statement at this place: standard_conforming_strings is off here")
                .contains("SET standard_conforming_strings = off above this line")
                .endsWith("(22P06)");
        folder.write("b.sql", "SET standard_conforming_strings = on;\nINSERT INTO t VALUES ('\\');\n");
        folder.applied();
        assertThat(folder.ask("SELECT a FROM t")).containsExactly("no backslash", "\\");
    }
}
