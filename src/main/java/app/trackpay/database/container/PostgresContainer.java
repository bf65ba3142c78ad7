package app.trackpay.database.container;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.HostAndPort;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Password;
import com.github.dockerjava.api.exception.DockerException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/** A container of an image that takes its first superuser and database from the variables that PostgreSQL's official images know. */
final class PostgresContainer {

    private static final int PORT = 5432;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long PAUSE_MILLIS = 50;

    /**
     * What a plain image runs; it is told what a stand-in needs, and that nothing has to survive a crash. Any other command has settings of its
     * own, which stay.
     */
    private static final String PLAIN = "postgres";

    private static final List<String> SETTINGS = Stream.of(
                    "shared_preload_libraries=pg_stat_statements",
                    "wal_level=logical",
                    "timezone=UTC",
                    "fsync=off",
                    "full_page_writes=off",
                    "synchronous_commit=off",
                    "autovacuum=off")
            .flatMap(setting -> Stream.of("-c", setting))
            .toList();

    private final GenericContainer<?> container;

    private PostgresContainer(GenericContainer<?> container) {
        this.container = container;
    }

    /** How a database is tried while its server starts. */
    interface Attempt {
        LiveDatabase open() throws CouldNotRunException;
    }

    static PostgresContainer start(String image, Password password) throws CouldNotRunException {
        quiet();
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new CouldNotRunException(
                    "trackpay.rehearsal is container, and no container engine answers. Start Docker (or set DOCKER_HOST), or"
                            + " leave trackpay.rehearsal out: the usual rehearsal needs no container.");
        }
        try {
            GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                    .withExposedPorts(PORT)
                    .withEnv("POSTGRES_USER", ContainerEngine.SUPERUSER)
                    .withEnv("POSTGRES_PASSWORD", password.value())
                    .withEnv("POSTGRES_DB", ContainerEngine.DATABASE)
                    .withEnv("POSTGRES_INITDB_ARGS", "--no-sync")
                    // whether it is ready is asked in SQL: what the log of an image says is its own affair
                    .waitingFor(new AbstractWaitStrategy() {
                        @Override
                        protected void waitUntilReady() {
                            // see await
                        }
                    });
            String[] command = command(container.getDockerImageName());
            if (Arrays.equals(command, new String[] {PLAIN})) {
                container.withCommand(
                        Stream.concat(Stream.of(PLAIN), SETTINGS.stream()).toArray(String[]::new));
            }
            container.start();
            return new PostgresContainer(container);
        } catch (ContainerFetchException | ContainerLaunchException | DockerException | IllegalArgumentException e) {
            throw new CouldNotRunException(
                    "No container of " + image + " could be started: " + cause(e)
                            + ". Check trackpay.image and that the engine can pull it (docker pull " + image + ").",
                    e);
        }
    }

    /**
     * What Testcontainers logs where no engine answers is a page of stack traces, and what it knows is in its exceptions as well. Maven's logger
     * reads this when Testcontainers asks for its first one.
     */
    private static void quiet() {
        for (String name : List.of("org.testcontainers", "com.github.dockerjava")) {
            System.getProperties().putIfAbsent("org.slf4j.simpleLogger.log." + name, "off");
        }
    }

    /** The image's own. */
    private static String[] command(String name) {
        var config = DockerClientFactory.instance()
                .client()
                .inspectImageCmd(name)
                .exec()
                .getConfig();
        return config == null || config.getCmd() == null ? new String[0] : config.getCmd();
    }

    HostAndPort address() {
        return new HostAndPort(container.getHost(), container.getMappedPort(PORT));
    }

    /**
     * Tries until the server lets somebody in.
     *
     * @throws CouldNotRunException when it has ended, or does not within two minutes; the message ends with what it said
     */
    LiveDatabase await(Attempt attempt) throws CouldNotRunException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return attempt.open();
            } catch (CouldNotRunException e) {
                if (!container.isRunning() || System.nanoTime() > end) {
                    throw new CouldNotRunException(
                            "PostgreSQL in the container of " + container.getDockerImageName()
                                    + (container.isRunning()
                                            ? " is not ready after " + PATIENCE.toSeconds() + " s"
                                            : " ended")
                                    + ": " + e.getMessage() + "\n" + tail(container.getLogs()),
                            e);
                }
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CouldNotRunException("Interrupted while a container started.", e);
            }
        }
    }

    void stop() {
        container.stop();
    }

    private static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private static String cause(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    }
}
