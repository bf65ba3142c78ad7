package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A pooler in front of a test's server, as its package installs it: sessions are lent to a handful of clients, for one transaction or for good. */
public final class PgBouncer implements AutoCloseable {

    private final Path folder;
    private final Process process;
    private final int port;

    private PgBouncer(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /**
     * Skips the test, with the reason, where there is no pgbouncer; where {@code TRACKPAY_CONTAINERS} is {@code required} that is a failure.
     *
     * @param mode {@code transaction} or {@code session}
     * @param settings more lines of its configuration
     */
    public static PgBouncer before(TestPostgres.Database database, String mode, String... settings) throws Exception {
        Path program = Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of(""));
        if ("required".equals(System.getenv("TRACKPAY_CONTAINERS"))) {
            assertThat(program).as("pgbouncer is installed").isExecutable();
        }
        assumeTrue(Files.isExecutable(program), "pgbouncer is not installed on this machine");

        Path folder = Files.createTempDirectory("pgbouncer");
        Credentials login = database.migrations();
        Files.writeString(
                folder.resolve("users"),
                "\"" + login.user() + "\" \"" + login.password().value() + "\"\n");
        int port = unusedPort();
        Files.write(
                folder.resolve("ini"),
                Stream.concat(
                                Stream.of(
                                        "[databases]",
                                        "* = host="
                                                + database.postgres().server().host() + " port="
                                                + database.postgres().server().port(),
                                        "[pgbouncer]",
                                        "listen_addr = 127.0.0.1",
                                        "listen_port = " + port,
                                        "unix_socket_dir =",
                                        "auth_type = plain",
                                        "auth_file = " + folder.resolve("users"),
                                        "pool_mode = " + mode,
                                        "default_pool_size = 3"),
                                Stream.of(settings))
                        .toList());
        ProcessBuilder builder = new ProcessBuilder(
                as(folder, List.of(program.toString(), folder.resolve("ini").toString())));
        builder.redirectErrorStream(true)
                .redirectOutput(Files.createTempFile("pgbouncer", ".log").toFile());
        PgBouncer started = new PgBouncer(folder, builder.start(), port);
        started.await();
        return started;
    }

    /** It refuses to run as root. */
    private static List<String> as(Path folder, List<String> command) throws Exception {
        if (!"root".equals(System.getProperty("user.name"))) {
            return command;
        }
        assertThat(new ProcessBuilder("chown", "-R", "65534:65534", folder.toString())
                        .start()
                        .waitFor())
                .isZero();
        return Stream.concat(Stream.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), command.stream())
                .toList();
    }

    private void await() throws Exception {
        for (int tried = 0; tried < 200; tried++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                assertThat(process.isAlive()).as("pgbouncer runs").isTrue();
                Thread.sleep(25);
            }
        }
        throw new IllegalStateException("pgbouncer does not answer");
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The same database, through the pooler; it names the user and no password. */
    public String url(TestPostgres.Database database) {
        return "postgresql://" + database.migrations().user() + "@127.0.0.1:" + port + "/" + database.name();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
