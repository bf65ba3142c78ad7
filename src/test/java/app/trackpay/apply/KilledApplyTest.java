package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.apply.Interception.Moment;
import app.trackpay.database.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL, wherever it hits. */
final class KilledApplyTest {

    private static final int POINTS = 30;

    @TempDir
    private Path folder;

    @Test
    void aRunAfterAKilledOneEndsAsIfNothingHadBeen() throws Exception {
        FaultyRun run = FaultyRun.in(folder);
        ApplyProcess next = ApplyProcess.start();
        for (int point = 0; point < POINTS; point++) {
            Moment moment = Moment.values()[(point + 1) % 3];
            int message = run.message(point, POINTS);
            try (ApplyProcess process = next;
                    TestPostgres.Database database = TestPostgres.fresh();
                    Interception wire = new Interception(
                            "127.0.0.1",
                            database.postgres().server().port(),
                            message,
                            moment,
                            backend -> process.kill())) {
                next = ApplyProcess.start();
                Way way = Way.to(database);
                process.apply(way.through(wire.port()), folder);
                String after = "killed " + moment + " message " + message;
                assertThat(wire.struck()).as(after).isTrue();
                run.resumesTo(way, after);
            }
        }
        next.close();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only there the server can look whether its client is still there")
    void theStatementOfAKilledClientEndsAndTheNextRunGoesOn() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh();
                ApplyProcess process = ApplyProcess.start()) {
            Folder plan = new Folder(folder, database)
                    .step("1", "a.sql", "CREATE TABLE t (a int);")
                    .step("2", "b.sql", "INSERT INTO t VALUES (1); SELECT pg_sleep(600);");
            plan.write(
                    "trackpay.yaml", "version: 1\nsteps: [{ id: \"1\", file: a.sql }, { id: \"2\", file: b.sql }]\n");
            process.apply(Way.to(database), folder);
            Until.holds(() -> plan.ask(
                                    "SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid()")
                            .size()
                    == 1);

            process.kill();

            plan.write("b.sql", "INSERT INTO t VALUES (2);");
            // far less than the statement had left
            Outcome outcome = plan.applier(new ApplyOptions(Duration.ofSeconds(5), Duration.ofSeconds(60), 10, "test"))
                    .apply(plan.plan());
            assertThat(outcome).isInstanceOf(Outcome.Applied.class);
            assertThat(plan.ask("SELECT a FROM t")).containsExactly("2");
            // on a slow machine the server has noticed before anybody had to wait
            assertThat(plan.waits)
                    .allSatisfy(line -> assertThat(line)
                            .matches(
                                    "Waiting for the server to notice that the client of an earlier apply is gone: pid \\d+,"
                                            + " applier, since .*"));
            assertThat(plan.ask("SELECT pid FROM pg_stat_activity WHERE application_name = 'applier'"))
                    .isEmpty();
        }
    }
}
