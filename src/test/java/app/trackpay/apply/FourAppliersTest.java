package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds that apply the same plan to the same database at the same time. */
final class FourAppliersTest {

    @TempDir
    private Path folder;

    @Test
    void fourAtOnceRunEachStepOnceAndTheLastOnesHaveNothingToDo() throws Exception {
        FaultyRun run = FaultyRun.in(folder);
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            Way way = Way.to(database);
            List<ApplyProcess> processes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                processes.add(ApplyProcess.start());
            }
            for (ApplyProcess process : processes) {
                process.apply(way, folder);
            }
            List<String> said = new ArrayList<>();
            for (ApplyProcess process : processes) {
                said.add(process.said());
            }
            assertThat(said)
                    .filteredOn(text -> text.contains("Applied 13 steps."))
                    .hasSize(1);
            assertThat(said)
                    .filteredOn(text -> text.contains("Nothing to apply"))
                    .hasSize(3);
            run.endedWell(way, "four at once");
        }
    }

    @Test
    void theWaitingOnesSayForWhomAndADeadHolderFreesTheLock() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            Folder plan = new Folder(folder, database)
                    .step("1", "a.sql", "CREATE TABLE t (a int);")
                    .step("2", "b.sql", "CREATE INDEX CONCURRENTLY i ON t (a);");
            Way way = Way.to(database);
            List<String> waits = new CopyOnWriteArrayList<>();
            CompletableFuture<Outcome> second;
            try (ApplyLock holder = new ApplyLock(way)) {
                holder.take(Duration.ZERO, new ApplyListener() {});
                second = CompletableFuture.supplyAsync(() -> {
                    try {
                        return new Applier(way, ApplyOptions.standard("test"), new ApplyListener() {
                                    @Override
                                    public void waiting(String line) {
                                        waits.add(line);
                                    }
                                })
                                .apply(plan.plan());
                    } catch (CouldNotRunException e) {
                        throw new IllegalStateException(e);
                    }
                });
                Until.holds(() -> !waits.isEmpty());
                // as the server does with the session of a client that is gone
                plan.ask("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
            }
            assertThat(((Outcome.Applied) second.get(60, TimeUnit.SECONDS)).ran())
                    .hasSize(2);
            assertThat(waits)
                    .singleElement()
                    .asString()
                    .matches("Waiting for another apply to end: pid \\d+, applier, since \\d{4}-.*");
        }
    }

    @Test
    void oneStepsConcurrentIndexIsBuiltWhileOthersWait() throws Exception {
        try (TestPostgres.Database database = TestPostgres.fresh()) {
            Folder plan = new Folder(folder, database)
                    .step("1", "a.sql", "CREATE TABLE t AS SELECT 1 AS a; SELECT pg_sleep(1);")
                    .step("2", "b.sql", "CREATE INDEX CONCURRENTLY i ON t (a);")
                    .step("3", "c.sql", "DROP INDEX CONCURRENTLY i;");
            List<CompletableFuture<Integer>> runs = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                        try {
                            return plan.applied().ran().size();
                        } catch (CouldNotRunException e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .limit(4)
                    .toList();
            int ran = 0;
            for (CompletableFuture<Integer> one : runs) {
                ran += one.get(60, TimeUnit.SECONDS);
            }
            assertThat(ran).isEqualTo(3);
            assertThat(plan.history()).containsExactly("1/0/1", "2/0/1", "3/0/1");
        }
    }
}
