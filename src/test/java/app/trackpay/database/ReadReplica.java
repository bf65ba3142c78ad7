package app.trackpay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A primary and its streaming replica, of the PostgreSQL that is installed on this machine. The embedded one brings no pg_basebackup. */
public final class ReadReplica implements AutoCloseable {

    private static final String PASSWORD = "for-this-test";

    private final Path folder;
    private final Path programs;
    private final int primaryPort;
    private final int replicaPort;

    private ReadReplica(Path folder, Path programs) throws IOException {
        this.folder = folder;
        this.programs = programs;
        this.primaryPort = unusedPort();
        this.replicaPort = unusedPort();
    }

    /** Skips the test, with the reason, where no PostgreSQL is installed. */
    public static ReadReplica start() throws Exception {
        List<Path> found = new ArrayList<>();
        for (int major = 18; major >= 14; major--) {
            found.add(Path.of("/usr/lib/postgresql/" + major + "/bin"));
        }
        found.removeIf(bin -> !Files.isExecutable(bin.resolve("pg_basebackup")));
        assumeTrue(!found.isEmpty(), "no PostgreSQL with pg_basebackup is installed on this machine");
        ReadReplica started = new ReadReplica(Files.createTempDirectory(Path.of("/var/tmp"), "replica"), found.get(0));
        try {
            started.build();
            return started;
        } catch (Exception | AssertionError e) {
            started.close();
            throw e;
        }
    }

    private void build() throws Exception {
        if (root()) {
            execute("chown", "postgres", folder.toString());
        }
        asServer("sh", "-c", "umask 077; echo " + PASSWORD + " > " + folder + "/password");
        asServer(
                program("initdb"),
                "-D",
                data("primary"),
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--no-sync",
                "--pwfile=" + folder.resolve("password"));
        start("primary", primaryPort);
        asServer(
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
                Integer.toString(primaryPort),
                "-U",
                "postgres",
                "-D",
                data("replica"));
        start("replica", replicaPort);
    }

    /** The URL of the one that takes changes. */
    public String primary() {
        return "postgresql://postgres:" + PASSWORD + "@127.0.0.1:" + primaryPort + "/postgres";
    }

    /** The URL of the one that only reads. */
    public String replica() {
        return "postgresql://postgres:" + PASSWORD + "@127.0.0.1:" + replicaPort + "/postgres";
    }

    /** Both, in this order, so that a client has to choose. */
    public String both() {
        return "postgresql://postgres:" + PASSWORD + "@127.0.0.1:" + replicaPort + ",127.0.0.1:" + primaryPort
                + "/postgres";
    }

    private void start(String name, int port) throws Exception {
        asServer(
                program("pg_ctl"),
                "-D",
                data(name),
                "-w",
                "-l",
                folder.resolve(name + ".log").toString(),
                "-o",
                "-p " + port + " -k '' -c listen_addresses=127.0.0.1 -c fsync=off",
                "start");
    }

    @Override
    public void close() throws IOException {
        for (String name : List.of("replica", "primary")) {
            try {
                asServer(program("pg_ctl"), "-D", data(name), "-m", "immediate", "stop");
            } catch (Exception | AssertionError e) {
                // it was not running
                continue;
            }
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

    private String data(String name) {
        return folder.resolve(name).toString();
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** PostgreSQL refuses to run as root. */
    private void asServer(String... words) throws Exception {
        execute(
                root()
                        ? Stream.concat(
                                        Stream.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"),
                                        Arrays.stream(words))
                                .toArray(String[]::new)
                        : words);
    }

    private void execute(String... words) throws Exception {
        // a server keeps its starter's output open, so it goes to a file
        Path said = Files.createTempFile("replica", ".out");
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor())
                .as(() -> String.join(" ", words) + "\n" + read(said))
                .isZero();
        Files.delete(said);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
