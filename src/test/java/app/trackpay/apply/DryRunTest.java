package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Assumptions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a dry run sees of locks and rewrites, and that it leaves nothing behind. */
class DryRunTest extends FreshDatabase {

    @BeforeEach
    void tables() throws Exception {
        database.run(
                "CREATE TABLE old (a int PRIMARY KEY, b text); INSERT INTO old SELECT g, 'x' FROM generate_series(1, 100) g;"
                        + " CREATE TABLE other (a int)");
    }

    private Trial dry() throws CouldNotRunException {
        Outcome outcome = folder.dryRun();
        if (outcome instanceof Outcome.Failed failed) {
            throw new AssertionError(String.join("\n", failed.failure().lines()));
        }
        return ((Outcome.TakenBack) outcome).trial();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE old ADD c int                              | ACCESS EXCLUSIVE       | blocks-writes
            CREATE INDEX i ON old (b)                              | SHARE                  | blocks-writes
            ALTER TABLE old ALTER COLUMN a TYPE bigint             | ACCESS EXCLUSIVE       | rewrites-table
            CREATE TABLE x (a int REFERENCES old)                  | SHARE ROW EXCLUSIVE    | blocks-writes
            LOCK TABLE old IN EXCLUSIVE MODE                       | EXCLUSIVE              | blocks-writes
            TRUNCATE old                                           | ACCESS EXCLUSIVE       | blocks-writes
            ALTER TABLE old ADD c int DEFAULT 1                    | ACCESS EXCLUSIVE       | blocks-writes
            ALTER TABLE old ADD c uuid DEFAULT gen_random_uuid()   | ACCESS EXCLUSIVE       | rewrites-table
            DROP TABLE old                                         | ACCESS EXCLUSIVE       | blocks-writes
            INSERT INTO old VALUES (200)                           | ROW EXCLUSIVE          |
            SELECT * FROM old WHERE a = 1 FOR UPDATE               | ROW SHARE              |
            ALTER TABLE old VALIDATE CONSTRAINT old_pkey2          | SHARE UPDATE EXCLUSIVE |
            SELECT count(*) FROM old                               |                        |
            CREATE TABLE fresh (a int); ALTER TABLE fresh ADD b int; CREATE INDEX j ON fresh (a) | |
            CREATE VIEW v AS SELECT * FROM old                     |                        |
            """)
    void eachStatementIsKnownByItsLock(String sql, String mode, String check) throws Exception {
        database.run("ALTER TABLE old ADD CONSTRAINT old_pkey2 CHECK (a > 0) NOT VALID");
        folder.step("1", "a.sql", sql + ";");

        List<TableLock> locks = dry().locks();

        assertThat(locks)
                .extracting(lock -> lock.mode().toString())
                .isEqualTo(mode == null ? List.of() : List.of(mode));
        assertThat(locks).allSatisfy(lock -> assertThat(lock.table()).isEqualTo(new QualifiedName("public", "old")));
        List<Finding> findings = LockFindings.of(folder.plan(), locks);
        assertThat(findings)
                .extracting(Finding::key)
                .isEqualTo(check == null ? List.of() : List.of(check + "|table public.old in step 1"));
        assertThat(folder.ask("SELECT count(*) FROM old")).containsExactly("100");
        assertThat(folder.ask("SELECT to_regnamespace('trackpay_history')::text"))
                .containsExactly((String) null);
    }

    @Test
    void aLockIsToldOfTheStepThatFirstTakesItAndARewriteOfTheStepThatWrites() throws Exception {
        folder.step("1", "a.sql", "CREATE INDEX i ON old (b);")
                .step("2", "b.sql", "CREATE INDEX k ON old (a, b);")
                .step("3", "c.sql", "ALTER TABLE old ADD c int;")
                .step("4", "d.sql", "ALTER TABLE old ALTER COLUMN a TYPE bigint;")
                .step("5", "e.sql", "SELECT 1;");
        assertThat(dry().locks())
                .extracting(lock -> lock.unit().step().id() + " " + lock.mode() + " " + lock.rewritten())
                .containsExactly("1 SHARE false", "3 ACCESS EXCLUSIVE false", "4 ACCESS EXCLUSIVE true");
    }

    @Test
    void aTableDeclaredEmptyKeepsNobodyWaiting() throws Exception {
        folder.step("1", "a.sql", "ALTER TABLE old ADD c int; ALTER TABLE other ADD c int;");
        folder.assume(new Assumptions(
                List.of(),
                List.of(),
                List.of(),
                List.of(new QualifiedName("public", "other")),
                Assumptions.DefaultPrivileges.NEW));
        Trial trial = dry();
        assertThat(trial.locks()).hasSize(2);
        assertThat(LockFindings.of(folder.plan(), trial.locks()))
                .extracting(Finding::object)
                .containsExactly("table public.old in step 1");
    }

    @Test
    void whatCannotBeTakenBackIsLeftOutAndNamed() throws Exception {
        folder.step(
                        "1",
                        "a.sql",
                        "CREATE TABLE t (a int);\nCREATE INDEX CONCURRENTLY i ON t (a);\nCREATE TABLE u ();",
                        "{ tables: { t: [a], u: [] }, indexes: [i] }")
                .step("2", "b.sql", "INSERT INTO t VALUES (1);");
        Trial trial = dry();
        assertThat(trial.ran()).hasSize(2);
        assertThat(trial.leftOut())
                .extracting(left -> left.finding().key())
                .containsExactly("not-tried|statement a.sql:2:1");
        assertThat(trial.leftOut().get(0).finding().message()).contains("CREATE INDEX CONCURRENTLY i ON t (a);");
        assertThat(folder.ask("SELECT to_regclass('public.t')::text")).containsExactly((String) null);
        assertThat(folder.applied().ran()).hasSize(2);
    }

    @Test
    void anIndexThatWasLeftOutIsNotMissed() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE INDEX CONCURRENTLY old ON public.\"other\" (a);\nDROP INDEX CONCURRENTLY IF EXISTS x;");
        List<LeftOut> leftOut = dry().leftOut();
        assertThat(leftOut).extracting(left -> left.makesIndexOn("other")).containsExactly(true, false);
        assertThat(leftOut).extracting(left -> left.makesIndexOn("old")).containsExactly(false, false);
    }

    @Test
    void anUnfinishedStepIsTriedFromWhereItStopped() throws Exception {
        String head = "CREATE TABLE t (a int);\nVACUUM t;\n";
        folder.step("1", "a.sql", head + "SELECT x;");
        folder.failure();
        folder.write("a.sql", head + "INSERT INTO t VALUES (1);\nVACUUM t;");
        assertThat(dry().leftOut()).extracting(LeftOut::location).containsExactly("a.sql:4:1");
        assertThat(folder.history()).containsExactly("1/0/2/open");
    }

    @Test
    void aFailureSaysThatNothingChanged() throws Exception {
        folder.step("1", "a.sql", "DROP TABLE old;").step("2", "b.sql", "SELECT * FROM old;");
        Outcome outcome = folder.dryRun();
        assertThat(((Outcome.Failed) outcome).failure().consequence())
                .isEqualTo(
                        "The dry run was rolled back: the database is as it was. Mend the file and run apply again.");
        assertThat(folder.ask("SELECT count(*) FROM old")).containsExactly("100");
    }

    private Outcome.Failed dryFailure() throws CouldNotRunException {
        return (Outcome.Failed) folder.dryRun();
    }

    private static Finding told(Outcome.Failed failed) {
        Finding step = new Finding("step-failed", Severity.ERROR, "file", "what", "Mend the file and run apply again.");
        return LeftOut.explain(step, failed.failure(), failed.leftOut());
    }

    @Test
    void whatNeedsAStatementThatWasLeftOutIsNoFaultOfTheFile() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE nn (i int NOT NULL);\nCREATE UNIQUE INDEX CONCURRENTLY nn_i ON nn (i);\n"
                        + "ALTER TABLE nn ADD CONSTRAINT nn_pk PRIMARY KEY USING INDEX nn_i;\nVACUUM nn;");
        Outcome.Failed failed = dryFailure();

        assertThat(failed.failure().summary()).startsWith("a.sql:3:");
        assertThat(failed.leftOut()).extracting(LeftOut::location).containsExactly("a.sql:2:1");
        assertThat(told(failed).key()).isEqualTo("not-tried|statements from a.sql:3:20 on");
        assertThat(told(failed).message())
                .startsWith(
                        "the dry run ended here, and may have only because it had to leave out a.sql:2:1 (CREATE UNIQUE"
                                + " INDEX CONCURRENTLY nn_i ON nn (i);). So this statement, the rest of step 1 and the steps behind it were"
                                + " not tried")
                .contains("index \"nn_i\" does not exist (42704)");
        assertThat(told(failed).fix())
                .contains("a rehearsal", "only if it fails there")
                .doesNotContain("run apply again");
        assertThat(folder.applied().ran()).hasSize(1);
    }

    @Test
    void whatWasLeftOutOfAnEarlierStepCountsAndWhatComesLaterDoesNot() throws Exception {
        folder.step("1", "a.sql", "CREATE TABLE nn (i int NOT NULL);\nCREATE UNIQUE INDEX CONCURRENTLY nn_i ON nn (i);")
                .step("2", "b.sql", "ALTER TABLE nn ADD PRIMARY KEY USING INDEX nn_i;\nVACUUM nn;")
                .step("3", "c.sql", "VACUUM nn;");

        assertThat(dryFailure().leftOut()).extracting(LeftOut::location).containsExactly("a.sql:2:1");
        assertThat(folder.applied().ran()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE UNIQUE INDEX CONCURRENTLY i ON old (b); | COMMENT ON INDEX i IS 'x';
            CREATE UNIQUE INDEX CONCURRENTLY i ON old (b); | INSERT INTO old VALUES (0, 'y') ON CONFLICT (b) DO NOTHING;
            CREATE UNIQUE INDEX CONCURRENTLY i ON old (b); | CREATE TABLE n (b text REFERENCES old (b));
            CREATE UNIQUE INDEX CONCURRENTLY "I" ON old (a); | ALTER TABLE old REPLICA IDENTITY USING INDEX "I";
            CREATE INDEX CONCURRENTLY ON old (b);          | ALTER INDEX old_b_idx RENAME TO i;
            DROP INDEX CONCURRENTLY taken;                 | CREATE INDEX taken ON old (a);
            """)
    void whatMayComeOfItIsNotTried(String leftOut, String dependent) throws Exception {
        database.run("CREATE INDEX taken ON old (b); DELETE FROM old WHERE a > 1");
        folder.step("1", "a.sql", leftOut + "\n" + dependent);

        assertThat(told(dryFailure()).key())
                .startsWith("not-tried|statements from a.sql:2:")
                .endsWith(" on");

        assertThat(folder.applied().ran()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE INDEX CONCURRENTLY i ON old (b); | SELECT x FROM old;
            CREATE INDEX CONCURRENTLY i ON old (b); | SELECT * FROM old_ones;
            CREATE INDEX CONCURRENTLY i ON old (b); | SELECT f();
            CREATE INDEX CONCURRENTLY i ON old (b); | DROP INDEX j;
            CREATE INDEX CONCURRENTLY i ON old (b); | SELECT 1 / 0;
            CREATE INDEX CONCURRENTLY i ON old (b); | CREATE TABLE auth.t ();
            VACUUM old;                             | DROP TABLE old_ones;
            REINDEX TABLE CONCURRENTLY old;         | CREATE INDEX i ON old_ones (b);
            """)
    void whatCannotComeOfItIsAFaultOfTheFile(String leftOut, String wrong) throws Exception {
        folder.step("1", "a.sql", leftOut + "\n" + wrong);
        assertThat(dryFailure().leftOut()).hasSize(1);
        assertThat(told(dryFailure()).check()).isEqualTo("step-failed");
        assertThat(told(dryFailure()).fix()).startsWith("Mend the file");
    }

    @Test
    void whatOnlyTheServerKnowsToBeImpossibleIsLeftOutOnceItHasSaidSo() throws Exception {
        String partitioned = "CREATE TABLE p (i int PRIMARY KEY) PARTITION BY LIST (i);"
                + " CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);\n";
        folder.step("1", "a.sql", partitioned + "REINDEX TABLE p;\nREINDEX TABLE p1;\nCLUSTER p USING p_pkey;")
                .step("2", "b.sql", "VACUUM old;\nREINDEX TABLE old;\nCREATE TABLE last ();");

        Trial trial = dry();

        assertThat(trial.ran()).hasSize(2);
        assertThat(trial.leftOut())
                .extracting(LeftOut::location)
                .containsExactlyInAnyOrder("a.sql:2:1", "a.sql:4:1", "b.sql:1:1");
        assertThat(folder.notes).hasSize(2).allMatch(note -> note.contains("leaves it out"));
        assertThat(trial.locks())
                .extracting(lock -> lock.table() + " " + lock.unit().step().id())
                .contains("public.old 2");
        assertThat(folder.applied().ran()).hasSize(2);
    }

    @Test
    void inTheFilesOwnTransactionThatIsAFault() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "CREATE TABLE p (i int PRIMARY KEY) PARTITION BY LIST (i);\nBEGIN;\nREINDEX TABLE p;\nCOMMIT;");
        assertThat(dryFailure().failure().sqlState()).isEqualTo("25001");
        assertThat(folder.failure().sqlState()).isEqualTo("25001");
    }

    @Test
    void aFaultOfTheFileStaysOne() throws Exception {
        folder.step("1", "a.sql", "SELECT x;\nVACUUM old;");
        assertThat(dryFailure().leftOut()).as("what stands behind the fault").isEmpty();
        assertThat(told(dryFailure()).fix()).startsWith("Mend the file");

        folder.write("a.sql", "VACUUM old;\nSELEKT 1;");
        assertThat(dryFailure().leftOut()).hasSize(1);
        assertThat(told(dryFailure()).fix())
                .as("no index makes this a statement")
                .startsWith("Mend the file");
        assertThat(told(dryFailure()).message()).isEqualTo("what");
    }

    @Test
    void whatBecameOfAStatementThatWasCutOffIsNotAsked() throws Exception {
        folder.step(
                "1",
                "a.sql",
                "INSERT INTO other VALUES (1), (1);\nCREATE UNIQUE INDEX CONCURRENTLY u ON other (a);\nSELECT 1;");
        folder.failure();
        database.run("UPDATE trackpay_history.steps SET attempt_failed = false");

        assertThat(dry().leftOut()).hasSize(1);
        assertThat(folder.recognised).isEmpty();
        assertThat(folder.history()).containsExactly("1/0/1/open");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only there the server can look whether its client is still there")
    void theSessionSaysThatItWorksAndIsLookedAfter() throws Exception {
        folder.step("1", "a.sql", "SELECT 1;")
                .step(
                        "2",
                        "b.sql",
                        "SELECT current_setting('client_connection_check_interval') || ' ' || count(*) FROM pg_locks"
                                + " WHERE locktype = 'advisory' AND pid = pg_backend_pid();");
        dry();
        folder.applied();
        assertThat(folder.tables)
                .filteredOn(table ->
                        table.rows().get(0).get(0).filter("1s 1"::equals).isPresent())
                .hasSize(2);
    }
}
