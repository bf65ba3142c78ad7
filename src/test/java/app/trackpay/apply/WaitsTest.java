package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.Meanwhile;
import app.trackpay.database.Credentials;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.Wire;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each message is a wait for the server's answer: how many a step costs, and that what is sent together stays apart. */
class WaitsTest extends FreshDatabase {

    private long messages() throws Exception {
        Credentials who = database.postgres().server().migrations();
        try (Wire wire = new Wire("127.0.0.1", database.postgres().server().port());
                LiveDatabase live = LiveDatabase.open(
                        DatabaseUrl.parse(
                                "postgresql://127.0.0.1:" + wire.port() + "/" + database.name() + "?sslmode=disable"),
                        new Login(who.user(), Optional.of(who.password()), "the test"))) {
            Outcome outcome = new Applier(live, ApplyOptions.standard("test"), folder).apply(folder.plan());
            assertThat(outcome).isInstanceOf(Outcome.Applied.class);
            return wire.sent().stream().filter(type -> type != 'X').count();
        }
    }

    @Test
    void aStepIsTwoMessagesOfWhichOneIsItsFile() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);");
        messages();
        folder.step("2", "b.sql", "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2);");
        long one = messages();
        for (int i = 3; i < 7; i++) {
            folder.step("" + i, i + ".sql", "INSERT INTO t VALUES (" + i + ");\nSELECT * FROM t;");
        }
        assertThat(messages()).isEqualTo(one + 3 * 2);
    }

    /** The transaction begins in the message of the file, whose characters and statements the server counts with it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1;#SELECT 'ä', nowhere;#SELECT 2;|2:13|nowhere",
                "SELECT 1;#SELECT 'ä;#|2:8|unterminated",
                "SELECT 1;#CREATE TABLE a (a int);;#CREATE TABLE a (a int);|3|already exists",
                "BEGIN ISOLATION LEVEL SERIALIZABLE;#SELECT 1;#SELECT 1 / 0;#COMMIT;|3|division",
                "DO $$#BEGIN#  PERFORM 1 / 0;#END $$;|3|division",
                "SELECT count(*) AS n FROM t;#SELECT 1 / 0;|2|division"
            })
    void anErrorOfALaterStepIsWhereItStandsInItsFile(String text, String place, String said) throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);").step("2", "b.sql", text.replace('#', '\n'));
        Outcome outcome = folder.apply();
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        String lines = String.join("\n", ((Outcome.Failed) outcome).failure().lines());
        assertThat(lines).contains("b.sql:" + place).contains(said);
        assertThat(folder.history()).containsExactly("1/0/1");
    }

    @Test
    void theRowsOfALaterStepAreShownAndApplysOwnAreNot() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a int);")
                .step(
                        "2",
                        "b.sql",
                        "INSERT INTO t VALUES (1);\nSELECT a AS first FROM t;\nSET search_path = pg_catalog;\n"
                                + "SELECT set_config('search_path', 'public', false);\nSELECT a AS second FROM t;")
                .step("3", "c.sql", "SELECT a AS third FROM t;");
        folder.applied();
        assertThat(folder.tables)
                .extracting(table -> table.columns().get(0))
                .containsExactly("first", "second", "third");
    }

    @Test
    void aSessionThatCouldNotBeMadeNewIsMadeNewBeforeTheNextStep() throws Exception {
        folder.step(
                        "1",
                        "a.sql",
                        "BEGIN;\nCREATE TEMPORARY TABLE kept (a int);\nCOMMIT;\n"
                                + "SELECT pg_catalog.pg_sleep(0.1) FROM pg_catalog.pg_advisory_lock(7);\n")
                .step("2", "b.sql", "CREATE TABLE t AS SELECT to_regclass('kept') IS NULL AS gone;");
        try (Connection other = database.asSuperuser();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(7)");
            Meanwhile<Outcome> outcome = Meanwhile.begin(folder::apply);
            Until.holds(() -> folder.ask("SELECT relname FROM pg_class WHERE relname = 'kept'")
                            .size()
                    == 1);
            String table = folder.ask(
                            "SELECT relnamespace::regnamespace || '.kept' FROM pg_class WHERE relname = 'kept'")
                    .get(0);
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN ACCESS SHARE MODE");
            statement.execute("SELECT pg_advisory_unlock(7)");
            // what drops the temporary table waits for us
            Until.holds(() -> folder.ask("SELECT pg_cancel_backend(pid) FROM pg_locks WHERE NOT granted"
                                    + " AND mode = 'AccessExclusiveLock'")
                            .size()
                    == 1);
            Until.holds(() -> folder.history().size() == 1);
            other.rollback();
            assertThat(outcome.result()).isInstanceOf(Outcome.Applied.class);
        }
        assertThat(folder.ask("SELECT gone FROM t")).containsExactly("t");
        assertThat(folder.history()).containsExactly("1/0/2", "2/0/1");
    }

    @Test
    void whatAFileSetsForTransactionsAndStringsIsGoneForTheNextOne() throws Exception {
        folder.step(
                        "1",
                        "a.sql",
                        "CREATE TABLE t (a text);\nSET default_transaction_read_only = on;\n"
                                + "SET default_transaction_isolation = 'serializable';\nSET standard_conforming_strings = off;\n")
                .step("2", "it's \\a.sql", "INSERT INTO t SELECT current_setting('transaction_isolation');")
                .step(
                        "3",
                        "c.sql",
                        "SET default_transaction_deferrable = on;\nSET search_path = pg_temp;\nSET role = anon;")
                .step("4", "d.sql", "INSERT INTO t SELECT current_user || current_setting('transaction_read_only');");
        folder.applied();
        assertThat(folder.ask("SELECT a FROM t ORDER BY a")).containsExactly("postgresoff", "read committed");
        assertThat(folder.ask("SELECT file FROM trackpay_history.steps ORDER BY place"))
                .containsExactly("a.sql", "it's \\a.sql", "c.sql", "d.sql");
    }

    @Test
    void theFilesOwnIsolationHoldsBehindAFileThatSetAnother() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE t (a text);\nSET default_transaction_isolation = 'serializable';\n")
                .step(
                        "2",
                        "b.sql",
                        "BEGIN /* why? */ ISOLATION LEVEL REPEATABLE READ -- or not?\n;\n"
                                + "INSERT INTO t SELECT current_setting('transaction_isolation');\nCOMMIT;\n");
        folder.applied();
        assertThat(folder.ask("SELECT a FROM t")).containsExactly("repeatable read");
    }

    @Test
    void aConnectionThatEndsBetweenTheFileAndCommitIsNoLostCommit() throws Exception {
        folder.step("1", "a.sql", """
                CREATE TABLE t (a int);
                CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql
                    AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER later AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION leave();
                INSERT INTO t VALUES (1);
                """);
        assertThatThrownBy(folder::apply)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("its transaction was not committed and leaves nothing behind");
        assertThat(folder.history()).isEmpty();
    }
}
