package app.trackpay.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.database.TestArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there, what a killed build leaves is swept by the next one")
final class KilledBuildTest {

    private static final Path CACHE = Path.of("target/postgres-cache").toAbsolutePath();

    @Test
    void aKilledBuildLeavesNoServerAndNoFiles() throws IOException {
        try (BuildProcess build = BuildProcess.start(CACHE, TestArchives.FOLDER, 17, "hold")) {
            build.said("holding");
            assertThat(build.strays()).as("the server while it runs").isNotEmpty();
            assertThat(build.runFolders()).hasSize(1);

            build.kill();

            build.vanished();
            assertThat(build.strays()).isEmpty();
            assertThat(build.runFolders()).isEmpty();
        }
    }

    @Test
    void aTerminatedBuildLeavesNoServerAndNoFiles() throws IOException {
        try (BuildProcess build = BuildProcess.start(CACHE, TestArchives.FOLDER, 17, "hold")) {
            build.said("holding");
            assertThat(build.strays()).as("the server while it runs").isNotEmpty();

            // as Ctrl-C does, to all at once: the guard must outlive the build
            build.guards().forEach(ProcessHandle::destroy);
            build.terminate();

            build.vanished();
            assertThat(build.strays()).isEmpty();
            assertThat(build.runFolders()).isEmpty();
        }
    }

    @Test
    void aServerThatLostItsGuardTooIsEndedByTheNextBuild() throws IOException, InterruptedException {
        try (BuildProcess build = BuildProcess.start(CACHE, TestArchives.FOLDER, 17, "hold")) {
            build.said("holding");
            List<ProcessHandle> guards = build.guards();
            assertThat(guards).isNotEmpty();
            guards.forEach(ProcessHandle::destroyForcibly);
            build.kill();
            build.finished();
            assertThat(build.strays()).as("the server nobody guards").isNotEmpty();

            try (BuildProcess next = BuildProcess.start(CACHE, TestArchives.FOLDER, 17, "end")) {
                assertThat(next.finished()).contains("answer 170011");
            }

            build.vanished();
            assertThat(build.strays()).isEmpty();
            assertThat(build.runFolders()).isEmpty();
        }
    }

    @Test
    void aBuildKilledWhileItUnpacksHarmsNoLaterOne(@TempDir Path cache) throws IOException, InterruptedException {
        try (BuildProcess build = BuildProcess.start(cache, TestArchives.FOLDER, 17, "end")) {
            BuildProcess.await(() -> unpacked(cache) > 100);
            build.kill();
            build.finished();
            assertThat(unpacked(cache)).as("files of a half unpacked server").isBetween(100L, 900L);
            build.vanished();
            assertThat(build.strays()).isEmpty();
            assertThat(build.runFolders()).isEmpty();
        }
        try (BuildProcess next = BuildProcess.start(cache, TestArchives.FOLDER, 17, "end")) {
            assertThat(next.finished()).contains("answer 170011");
        }
        assertThat(entries(cache.resolve("servers"))).noneMatch(name -> name.startsWith("staging"));
    }

    @Test
    void aBuildKilledWhileItPreparesTheClusterHarmsNoLaterOne(@TempDir Path cache)
            throws IOException, InterruptedException {
        try (BuildProcess build = BuildProcess.start(cache, TestArchives.FOLDER, 17, "end")) {
            build.said("log Preparing");
            BuildProcess.await(() -> build.strays().stream().anyMatch(line -> line.contains("initdb")));
            assertThat(build.strays()).anyMatch(line -> line.contains("initdb"));
            build.kill();
            build.finished();
            build.vanished();
            assertThat(build.strays()).isEmpty();
            assertThat(build.runFolders()).isEmpty();
        }
        try (BuildProcess next = BuildProcess.start(cache, TestArchives.FOLDER, 17, "end")) {
            assertThat(next.finished()).contains("answer 170011");
        }
    }

    @Test
    void buildsThatBeginAtOnceWithAnEmptyCacheAllGetAServer(@TempDir Path cache)
            throws IOException, InterruptedException {
        try (BuildProcess one = BuildProcess.start(cache, TestArchives.FOLDER, 17, "end");
                BuildProcess two = BuildProcess.start(cache, TestArchives.FOLDER, 17, "end")) {
            List<String> said = Stream.concat(one.finished().stream(), two.finished().stream())
                    .toList();

            assertThat(said).filteredOn("answer 170011"::equals).hasSize(2);
            assertThat(said).filteredOn(line -> line.contains("Unpacking")).hasSize(1);
            assertThat(said).filteredOn(line -> line.contains("Preparing")).hasSize(1);
        }
    }

    private static long unpacked(Path cache) {
        try (Stream<Path> files = Files.walk(cache.resolve("servers"))) {
            return files.count();
        } catch (IOException | java.io.UncheckedIOException e) {
            // not that far yet, or moved while it was counted
            return 0;
        }
    }

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
