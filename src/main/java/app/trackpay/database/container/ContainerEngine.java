package app.trackpay.database.container;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.BorrowedServer;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.HostAndPort;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.Password;
import app.trackpay.database.RehearsalEngine;
import app.trackpay.database.RehearsalServer;
import app.trackpay.database.StandIn;
import app.trackpay.database.Target;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Rehearsals on an image: a plain PostgreSQL, which is made into a stand-in, or one that is a Supabase platform already, which is recognised by
 * what it holds.
 */
public final class ContainerEngine implements RehearsalEngine {

    static final String SUPERUSER = "supabase_admin";
    static final String DATABASE = "postgres";
    private static final String MIGRATIONS = "postgres";
    private static final String LIBRARY = "org.testcontainers.containers.GenericContainer";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String image;
    private final Consumer<String> log;
    private Target target;

    /**
     * @param image as {@code docker pull} takes it
     * @param log is told, in a line each, what takes time and what a user would want to know
     */
    public ContainerEngine(String image, Consumer<String> log) {
        this.image = image;
        this.log = log;
        this.target = target("localhost", 0, "");
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public RehearsalServer start(GrantEra era) throws CouldNotRunException {
        requireLibrary();
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        Password password = new Password(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        log.accept("Starting a container of " + image);
        PostgresContainer container = PostgresContainer.start(image, password);
        boolean started = false;
        try {
            try (LiveDatabase own = container.await(() -> open(container.address(), SUPERUSER, password))) {
                prepare(own, era, password);
            }
            LiveDatabase database = open(container.address(), MIGRATIONS, password);
            target = target(
                    database.target().host(),
                    database.target().port(),
                    database.target().server());
            started = true;
            return new BorrowedServer(database, target, container::stop);
        } finally {
            if (!started) {
                container.stop();
            }
        }
    }

    private void prepare(LiveDatabase own, GrantEra era, Password password) throws CouldNotRunException {
        try (Connection connection = own.connect()) {
            if (StandIn.isThere(connection)) {
                log.accept(image + " is a Supabase platform already: it is taken as it is");
            } else {
                StandIn.makeRoles(connection);
                StandIn.makeDatabase(connection, false);
            }
            StandIn.grant(connection, era);
            connection
                    .unwrap(PGConnection.class)
                    .alterUserPassword(MIGRATIONS, password.value().toCharArray(), "scram-sha-256");
        } catch (SQLException e) {
            throw StandIn.refused("The image " + image, e);
        }
    }

    private Target target(String host, int port, String server) {
        return new Target(Target.Kind.REHEARSAL, host, port, DATABASE, server, "container " + image);
    }

    private static LiveDatabase open(HostAndPort address, String user, Password password) throws CouldNotRunException {
        // the container's port is this machine's, or that of the engine the user trusts with it
        DatabaseUrl url = new DatabaseUrl(
                List.of(address),
                Optional.of(DATABASE),
                Optional.of(user),
                Optional.of(password),
                Map.of("sslmode", "prefer"));
        return LiveDatabase.open(url, new Login(user, Optional.of(password), "password of this run"));
    }

    private static void requireLibrary() throws CouldNotRunException {
        try {
            Class.forName(LIBRARY, false, ContainerEngine.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new CouldNotRunException(
                    "trackpay.rehearsal is container, and Testcontainers, which starts one, is not there. Add it to the"
                            + " plugin in the pom:\n"
                            + "  <plugin>\n"
                            + "    <groupId>app.trackpay</groupId>\n"
                            + "    <artifactId>trackpay-maven-plugin</artifactId>\n"
                            + "    <dependencies>\n"
                            + "      <dependency>\n"
                            + "        <groupId>org.testcontainers</groupId>\n"
                            + "        <artifactId>testcontainers</artifactId>\n"
                            + "        <version>2.0.5</version>\n"
                            + "      </dependency>\n"
                            + "    </dependencies>\n"
                            + "  </plugin>\n"
                            + "Or leave trackpay.rehearsal out: the usual rehearsal needs no container.",
                    e);
        }
    }
}
