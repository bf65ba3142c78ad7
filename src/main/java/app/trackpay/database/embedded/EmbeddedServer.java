package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Credentials;
import app.trackpay.database.Password;
import app.trackpay.database.RehearsalServer;
import app.trackpay.database.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** PostgreSQL's own binaries, running on this machine. It is gone when it is closed, and when this JVM ends in any way. */
public final class EmbeddedServer implements RehearsalServer {

    private final Run run;
    private final ServerBinaries binaries;
    private final Clusters clusters;
    private final int port;
    private final Password password;
    private Optional<String> keep = Optional.empty();
    private boolean closed;

    EmbeddedServer(Run run, ServerBinaries binaries, Clusters clusters, int port, Password password) {
        this.run = run;
        this.binaries = binaries;
        this.clusters = clusters;
        this.port = port;
        this.password = password;
    }

    /** An address of this machine that no other one reaches. */
    public String host() {
        return EmbeddedEngine.HOST;
    }

    /** The TCP port. */
    public int port() {
        return port;
    }

    /** The database that stands for the Supabase project's. */
    public String database() {
        return EmbeddedEngine.DATABASE;
    }

    /** As the server says it, such as 17.11. */
    public String version() {
        return binaries.version();
    }

    /** The role {@code postgres}, which runs migrations and is not a superuser. */
    public Credentials migrations() {
        return new Credentials(EmbeddedEngine.MIGRATIONS, password);
    }

    /** The bootstrap superuser, {@code supabase_admin}. */
    public Credentials superuser() {
        return new Credentials(EmbeddedEngine.SUPERUSER, password);
    }

    /** The role that the API logs in as, {@code authenticator}. */
    public Credentials authenticator() {
        return new Credentials(EmbeddedEngine.AUTHENTICATOR, password);
    }

    /** The JDBC URL of {@link #database()}, without a user and a password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database();
    }

    @Override
    public Target target() {
        return new Target(Target.Kind.REHEARSAL, host(), port(), database(), version());
    }

    @Override
    public Connection connect() throws CouldNotRunException {
        Properties properties = new Properties();
        properties.setProperty("user", migrations().user());
        properties.setProperty("password", migrations().password().value());
        properties.setProperty("ApplicationName", "trackpay");
        properties.setProperty("preferQueryMode", "simple");
        try {
            return new Driver().connect(jdbcUrl(), properties);
        } catch (SQLException e) {
            throw new CouldNotRunException(
                    "The rehearsal's own server does not answer: " + e.getMessage() + ". Run again.", e);
        }
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
