package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A server of the PostgreSQL that is installed on this machine, as it comes: no platform, no extension, whatever superuser it was given. */
public final class InstalledPostgres implements AutoCloseable {

    private static final String PASSWORD = "for-this-test";

    private final Path folder;
    private final Path programs;
    private final String superuser;
    private final int port;

    private InstalledPostgres(Path folder, Path programs, String superuser) throws IOException {
        this.folder = folder;
        this.programs = programs;
        this.superuser = superuser;
        this.port = unusedPort();
    }

    /** Skips the test, with the reason, where no PostgreSQL is installed. */
    public static InstalledPostgres start(String superuser) throws IOException {
        InstalledPostgres started = in(programs(), superuser);
        try {
            started.execute("sh", "-c", "umask 077; echo " + PASSWORD + " > password");
            started.execute(
                    started.program("initdb"),
                    "-D",
                    "data",
                    "-U",
                    superuser,
                    "-A",
                    "scram-sha-256",
                    "--no-sync",
                    "--pwfile=password");
            started.serve();
            return started;
        } catch (IOException | AssertionError e) {
            started.close();
            throw e;
        }
    }

    /** A streaming replica of this server. */
    public InstalledPostgres replica() throws IOException {
        InstalledPostgres replica = in(programs, superuser);
        try {
            replica.execute(
                    "env",
                    "PGPASSWORD=" + PASSWORD,
                    program("pg_basebackup"),
                    "-R",
                    "-X",
                    "stream",
                    "--checkpoint=fast",
                    "--no-sync",
                    "-h",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(port),
                    "-U",
                    superuser,
                    "-D",
                    "data");
            replica.serve();
            return replica;
        } catch (IOException | AssertionError e) {
            replica.close();
            throw e;
        }
    }

    /** Its superuser's URL, with the password. */
    public String url() {
        return "postgresql://" + superuser + ":" + PASSWORD + "@" + address() + "/postgres";
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    private static Path programs() {
        List<Path> found = new ArrayList<>();
        for (int major = 18; major >= 14; major--) {
            found.add(Path.of("/usr/lib/postgresql/" + major + "/bin"));
        }
        found.removeIf(bin -> !Files.isExecutable(bin.resolve("initdb")));
        if ("required".equals(System.getenv("TRACKPAY_CONTAINERS"))) {
            assertThat(found).as("an installed PostgreSQL").isNotEmpty();
        }
        assumeTrue(!found.isEmpty(), "no PostgreSQL is installed on this machine");
        return found.get(0);
    }

    private static InstalledPostgres in(Path programs, String superuser) throws IOException {
        Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "postgres");
        if (root()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
        return new InstalledPostgres(folder, programs, superuser);
    }

    private void serve() throws IOException {
        execute(
                program("pg_ctl"),
                "-D",
                "data",
                "-w",
                "-l",
                "log",
                "-o",
                "-p " + port + " -k '' -c listen_addresses=127.0.0.1 -c fsync=off",
                "start");
    }

    @Override
    public void close() throws IOException {
        try {
            execute(program("pg_ctl"), "-D", "data", "-m", "immediate", "stop");
        } catch (AssertionError e) {
            // it never ran, and there is only its folder to remove
            assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private String program(String name) {
        return programs.resolve(name).toString();
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** PostgreSQL refuses to run as root. */
    private void execute(String... words) throws IOException {
        List<String> command = root()
                ? Stream.concat(
                                Stream.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"),
                                Arrays.stream(words))
                        .toList()
                : List.of(words);
        // a server keeps its starter's output open, so it goes to a file
        Path said = Files.createTempFile("postgres", ".out");
        int code = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .onExit()
                .join()
                .exitValue();
        String output = Files.readString(said);
        Files.delete(said);
        assertThat(code).as(String.join(" ", command) + "\n" + output).isZero();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
