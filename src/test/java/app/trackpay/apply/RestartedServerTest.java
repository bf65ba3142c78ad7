package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Interception.Moment;
import app.trackpay.database.embedded.RestartableServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The server is restarted, in order or as after a crash, while steps run on it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a server is crashed with a signal there is not on Windows")
final class RestartedServerTest {

    private static final int POINTS = 6;

    @TempDir
    private Path folder;

    @Test
    void aRunAfterARestartEndsAsIfNothingHadBeen() throws Exception {
        FaultyRun run = FaultyRun.in(folder);
        try (RestartableServer server = RestartableServer.start()) {
            for (int point = 0; point < POINTS; point++) {
                boolean crash = point % 2 == 0;
                Moment moment = Moment.values()[point % 3];
                // off both ends, so that something is under way
                int message = run.message(point + 1, POINTS + 2);
                Way way = database(server, "restarted_" + point);
                try (Interception wire = new Interception("127.0.0.1", server.port(), message, moment, backend -> {
                    if (crash) {
                        server.restartImmediately();
                    } else {
                        server.restartFast();
                    }
                })) {
                    String after = (crash ? "crash " : "restart ") + moment + " message " + message;
                    assertThatThrownBy(() -> run.apply(way.through(wire.port())))
                            .as(after)
                            .isInstanceOf(CouldNotRunException.class);
                    assertThat(wire.struck()).as(after).isTrue();
                    run.resumesTo(way.through(server.port()), after);
                }
            }
        }
    }

    private static Way database(RestartableServer server, String name) throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/";
        try (Connection admin = DriverManager.getConnection(url + "template1", "supabase_admin", server.password());
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE postgres OWNER postgres");
        }
        return new Way(url + name, "postgres", server.password());
    }
}
