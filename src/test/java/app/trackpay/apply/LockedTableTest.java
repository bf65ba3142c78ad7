package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that somebody else holds: tried again, named, and never waited for without end. */
class LockedTableTest {

    private static final ApplyOptions BRIEF = new ApplyOptions(Duration.ofMillis(200), Duration.ZERO, 10, "test");

    @TempDir
    private Path path;

    private TestPostgres.Database database;
    private Folder folder;

    @BeforeEach
    void aTable() throws Exception {
        database = TestPostgres.fresh();
        database.run("CREATE TABLE t (a int)");
        folder = new Folder(path, database).step("1", "a.sql", "CREATE TABLE first ();\nALTER TABLE t ADD b int;");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private Connection holder() throws Exception {
        Connection other = DriverManager.getConnection(
                database.jdbcUrl() + "?ApplicationName=nightly+export&preferQueryMode=simple",
                database.migrations().user(),
                database.migrations().password().value());
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLE t; SELECT 'hunter2' AS \"secret\", $tag$hunter3$tag$ -- mine");
        }
        return other;
    }

    /** Whoever waits for such a lock has all others wait behind, and so it does not wait for long. */
    @ParameterizedTest
    @ValueSource(strings = {"REINDEX TABLE t;", "CLUSTER t USING t_a;", "VACUUM FULL t;"})
    void whatRunsOutsideTransactionsDoesNotHoldUpOthersEither(String statement) throws Exception {
        database.run("CREATE INDEX t_a ON t (a)");
        folder.write("a.sql", "CREATE TABLE first ();\n" + statement + "\nSHOW lock_timeout;");
        try (Connection other = holder()) {
            SqlFailure failure = ((Outcome.Failed) folder.applier(BRIEF).apply(folder.plan())).failure();
            assertThat(folder.waits).hasSize(3).last().asString().contains("nightly export");
            assertThat(failure.sqlState()).isEqualTo("55P03");
            assertThat(failure.place().line()).isEqualTo(2);
            assertThat(folder.history()).containsExactly("1/0/1/open");
            other.rollback();
        }
        assertThat(folder.applier(BRIEF).apply(folder.plan())).isInstanceOf(Outcome.Applied.class);
        assertThat(folder.history()).containsExactly("1/0/3");
    }

    @Test
    void whatWaitsInNobodysWayWaits() throws Exception {
        folder.write("a.sql", "CREATE INDEX CONCURRENTLY t_a ON t (a);");
        try (Connection other = holder()) {
            Thread apply = new Thread(() -> {
                try {
                    folder.applier(BRIEF).apply(folder.plan());
                } catch (CouldNotRunException e) {
                    throw new IllegalStateException(e);
                }
            });
            apply.start();
            Until.holds(() -> folder.ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONC%'"
                            + " AND now() - query_start > interval '600 ms'")
                    .equals(List.of("1")));
            other.rollback();
            apply.join();
        }
        assertThat(folder.waits).isEmpty();
        assertThat(folder.history()).containsExactly("1/0/1");
    }

    @Test
    void theFilesOwnLimitHoldsForTheStatementToo() throws Exception {
        folder.write("a.sql", "SET lock_timeout = '37s';\nVACUUM t;\nREINDEX TABLE t;\nSHOW lock_timeout;");
        folder.applier(BRIEF).apply(folder.plan());
        assertThat(folder.tables.get(0).rows().get(0).get(0)).contains("200ms");
    }

    @Test
    void theHolderIsNamedEachTimeAndInTheEnd() throws Exception {
        try (Connection other = holder()) {
            SqlFailure failure = ((Outcome.Failed) folder.applier(BRIEF).apply(folder.plan())).failure();

            String holder = "pid \\d+ \\(nightly export, user postgres, idle in transaction since \\d{4}-\\d\\d-\\d\\d"
                    + " \\d\\d:\\d\\d:\\d\\d UTC, query: LOCK TABLE t; SELECT '…' AS \"secret\", '…'\\)";
            assertThat(folder.waits)
                    .hasSize(3)
                    .element(1)
                    .asString()
                    .matches("Lock timeout in step 1 \\(a\\.sql\\): the lock is held by " + holder
                            + "\\. Rolled back; trying again in \\d+ ms \\(3 of 4\\)");
            assertThat(folder.waits.get(2)).endsWith("(4 of 4)");
            assertThat(failure.sqlState()).isEqualTo("55P03");
            assertThat(failure.place().line()).isEqualTo(2);
            assertThat(failure.advice().orElseThrow())
                    .matches("the lock it waits for is held by " + holder + "\\..*-Dtrackpay\\.lockTimeout\\.");
            assertThat(failure.consequence())
                    .isEqualTo(
                            "Step 1 was rolled back; no step was applied before it. Run apply again when the lock is free,"
                                    + " or with a longer -Dtrackpay.lockTimeout.");
            assertThat(folder.ask("SELECT to_regclass('public.first')::text")).containsExactly((String) null);
            assertThat(folder.history()).isEmpty();
            other.rollback();
        }
    }

    @Test
    void aHolderThatEndsInTimeIsNoFailure() throws Exception {
        Connection other = holder();
        CompletableFuture<Outcome> run = CompletableFuture.supplyAsync(() -> {
            try {
                return folder.applier(BRIEF).apply(folder.plan());
            } catch (app.trackpay.CouldNotRunException e) {
                throw new IllegalStateException(e);
            }
        });
        while (folder.waits.isEmpty() && !run.isDone()) {
            Thread.sleep(10);
        }
        other.close();
        assertThat(run.get(60, TimeUnit.SECONDS)).isInstanceOf(Outcome.Applied.class);
        assertThat(folder.waits).isNotEmpty();
        assertThat(folder.history()).containsExactly("1/0/1");
        assertThat(folder.ask("SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname = 'b'"))
                .containsExactly("1");
    }

    @Test
    void whatIsCommittedBeforeTheLockIsNotRunAgain() throws Exception {
        folder.without("1")
                .step(
                        "1",
                        "a.sql",
                        "CREATE TABLE log (a int);\nVACUUM log;\nINSERT INTO log VALUES (1);\nALTER TABLE t ADD b int;");
        try (Connection other = holder()) {
            folder.applier(BRIEF).apply(folder.plan());
            other.rollback();
        }
        assertThat(folder.waits).hasSize(3);
        assertThat(folder.history()).containsExactly("1/0/2/open");
        folder.applied();
        assertThat(folder.ask("SELECT a FROM log")).containsExactly("1");
    }

    @Test
    void anotherErrorIsNotTriedAgain() throws Exception {
        folder.without("1").step("1", "a.sql", "ALTER TABLE nowhere ADD b int;");
        try (Connection other = holder()) {
            assertThat(folder.applier(BRIEF).apply(folder.plan())).isInstanceOf(Outcome.Failed.class);
            other.rollback();
        }
        assertThat(folder.waits).isEmpty();
    }

    @Test
    void aStatementThatTakesTooLongFailsItsStep() throws Exception {
        ApplyOptions options = BRIEF.within(Duration.ofSeconds(5), Optional.of(Duration.ofMillis(50)));
        folder.without("1").step("1", "a.sql", "CREATE TABLE x ();\nSELECT pg_sleep(30);");
        SqlFailure failure = ((Outcome.Failed) folder.applier(options).apply(folder.plan())).failure();
        assertThat(failure.sqlState()).isEqualTo("57014");
        assertThat(failure.place().line()).isEqualTo(2);
        assertThat(failure.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("-Dtrackpay.statementTimeout"));
        folder.write("a.sql", "SHOW statement_timeout;\nVACUUM t;\nSHOW statement_timeout;");
        assertThat(folder.applier(options).apply(folder.plan())).isInstanceOf(Outcome.Applied.class);
        assertThat(folder.tables)
                .extracting(table -> table.rows().get(0).get(0).orElseThrow())
                .containsExactly("50ms", "50ms");
    }

    @Test
    void withoutALimitTheServersOwnHolds() throws Exception {
        database.run("ALTER ROLE postgres IN DATABASE " + database.name() + " SET statement_timeout = '77s'");
        folder.without("1").step("1", "a.sql", "SHOW statement_timeout;");
        folder.applied();
        assertThat(folder.tables.get(0).rows().get(0).get(0)).contains("77s");
    }
}
