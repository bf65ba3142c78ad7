package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Interception.Moment;
import app.trackpay.database.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator ends the session that runs the steps, wherever it is. */
final class TerminatedApplyTest {

    private static final int POINTS = 30;

    @TempDir
    private Path folder;

    @Test
    void aRunAfterATerminatedSessionEndsAsIfNothingHadBeen() throws Exception {
        FaultyRun run = FaultyRun.in(folder);
        for (int point = 0; point < POINTS; point++) {
            Moment moment = Moment.values()[point % 3];
            int message = run.message(point, POINTS);
            try (TestPostgres.Database database = TestPostgres.fresh();
                    Interception wire = new Interception(
                            "127.0.0.1", database.postgres().server().port(), message, moment, backend -> {
                                try (Connection admin = database.asSuperuser();
                                        Statement statement = admin.createStatement()) {
                                    statement.execute("SELECT pg_terminate_backend(" + backend + ", 10000)");
                                }
                            })) {
                String after = "session ended " + moment + " message " + message;
                Way way = Way.to(database);
                assertThat(catchThrowable(() -> run.apply(way.through(wire.port()))))
                        .as(after)
                        .isInstanceOf(CouldNotRunException.class)
                        .satisfies(e -> assertThat(e.getMessage()).as(after).doesNotContain("null"));
                assertThat(wire.struck()).as(after).isTrue();
                run.resumesTo(way, after);
            }
        }
    }
}
