package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Credentials;
import app.trackpay.database.Password;
import app.trackpay.database.RehearsalServer;
import java.io.IOException;
import java.util.Optional;

/** A started server. */
final class RunningServer implements RehearsalServer {

    private final Run run;
    private final ServerBinaries binaries;
    private final Clusters clusters;
    private final int port;
    private final Password password;
    private Optional<String> keep = Optional.empty();
    private boolean closed;

    RunningServer(Run run, ServerBinaries binaries, Clusters clusters, int port, Password password) {
        this.run = run;
        this.binaries = binaries;
        this.clusters = clusters;
        this.port = port;
        this.password = password;
    }

    @Override
    public String host() {
        return EmbeddedEngine.HOST;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String database() {
        return EmbeddedEngine.DATABASE;
    }

    @Override
    public String version() {
        return binaries.version();
    }

    @Override
    public Credentials migrations() {
        return new Credentials(EmbeddedEngine.MIGRATIONS, password);
    }

    @Override
    public Credentials superuser() {
        return new Credentials(EmbeddedEngine.SUPERUSER, password);
    }

    @Override
    public Credentials authenticator() {
        return new Credentials(EmbeddedEngine.AUTHENTICATOR, password);
    }

    @Override
    public synchronized void keepOnClose(String key) {
        keep = Optional.of(key);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (run) {
            if (keep.isPresent()) {
                run.stop();
                clusters.keep(run, binaries, keep.get(), password);
            }
        } catch (IOException | CouldNotRunException e) {
            clusters.log().accept("The migrated database could not be kept for the next rehearsal: " + e.getMessage());
        }
    }
}
