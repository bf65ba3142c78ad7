package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.GrantEra;
import app.trackpay.database.Password;
import app.trackpay.database.PostgresRelease;
import app.trackpay.database.TestArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server with the platform that can be stopped and started again, on another port each time. */
public final class RestartableServer implements AutoCloseable {

    private final Run run;
    private final ServerBinaries binaries;
    private final Password password;
    private int port;

    private RestartableServer(Run run, ServerBinaries binaries, Password password) throws IOException {
        this.run = run;
        this.binaries = binaries;
        this.password = password;
        this.port = run.serve(binaries);
    }

    public static RestartableServer start() throws IOException, CouldNotRunException {
        Path cache = Path.of("target/postgres-cache").toAbsolutePath();
        PostgresRelease release = PostgresRelease.of(17);
        Run run = Run.begin();
        ServerBinaries binaries = new Servers(release, TestArchives.ARCHIVES, cache, line -> {}).get(run.account());
        Password password = new Clusters(PlatformSql.of(GrantEra.NEW), 17, cache, line -> {}).fresh(run, binaries);
        return new RestartableServer(run, binaries, password);
    }

    /** Ends every session and starts again. */
    public void restartFast() throws IOException {
        run.stop();
        port = run.serve(binaries);
    }

    /** As if it had crashed: nothing is written that was not, and the next start recovers. */
    public void restartImmediately() throws IOException, InterruptedException {
        String pid = Files.readString(run.folder().folder().resolve("pid")).strip();
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
        if (run.guard().ended(Duration.ofSeconds(60)).isEmpty()) {
            throw new IllegalStateException("the server did not end");
        }
        port = run.serve(binaries);
    }

    public int port() {
        return port;
    }

    /** Of all roles. */
    public String password() {
        return password.value();
    }

    @Override
    public void close() {
        run.close();
    }
}
