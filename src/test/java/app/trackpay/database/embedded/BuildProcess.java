package app.trackpay.database.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A {@link RehearsalProcess} in a JVM of its own, and what it leaves on the machine. */
final class BuildProcess implements AutoCloseable {

    private final Process process;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;

    private BuildProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    static BuildProcess start(
            List<String> prefix, Map<String, String> environment, String classPath, List<String> arguments)
            throws IOException {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                RehearsalProcess.class.getName()));
        words.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).directory(new File("/"));
        builder.environment().putAll(environment);
        return new BuildProcess(builder.start());
    }

    static BuildProcess start(Path cache, Path archives, int major, String mode) throws IOException {
        return start(
                List.of(), Map.of(), System.getProperty("java.class.path"), arguments(cache, archives, major, mode));
    }

    static List<String> arguments(Path cache, Path archives, int major, String mode) {
        return List.of(cache.toString(), archives.toString(), Integer.toString(major), mode);
    }

    /** Waits until it has said something that begins so. */
    BuildProcess said(String beginning) {
        await(() -> List.copyOf(lines).stream().anyMatch(line -> line.startsWith(beginning)) || !process.isAlive());
        if (List.copyOf(lines).stream().noneMatch(line -> line.startsWith(beginning))) {
            throw new AssertionError("it never said '" + beginning + "' but: " + lines());
        }
        return this;
    }

    /** Waits for its end. */
    List<String> finished() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end, and said: " + lines());
        }
        reader.join();
        return lines();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void kill() {
        process.destroyForcibly();
    }

    void terminate() {
        process.destroy();
    }

    /** Processes of its servers and their guards. */
    List<String> strays() {
        return ProcessHandle.allProcesses()
                .map(handle -> handle.info().commandLine().orElse(""))
                .filter(line -> line.contains("/trackpay-") && line.contains("-" + process.pid() + "-"))
                .toList();
    }

    /** The shells among them. */
    List<ProcessHandle> guards() {
        return ProcessHandle.allProcesses()
                .filter(handle -> handle.info()
                        .commandLine()
                        .filter(line -> line.contains("trackpay-watchdog") && line.contains("-" + process.pid() + "-"))
                        .isPresent())
                .toList();
    }

    List<Path> runFolders() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path root : List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            if (Files.isDirectory(root)) {
                try (DirectoryStream<Path> folders =
                        Files.newDirectoryStream(root, "trackpay-*-" + process.pid() + "-*")) {
                    folders.forEach(found::add);
                }
            }
        }
        return found;
    }

    /** Waits until nothing of it is left. */
    void vanished() {
        await(() -> {
            try {
                return strays().isEmpty() && runFolders().isEmpty();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    static void await(BooleanSupplier condition) {
        for (int tried = 0; tried < 6000; tried++) {
            if (condition.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader input = process.inputReader(StandardCharsets.UTF_8)) {
            input.lines().forEach(lines::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            lines.add("unreadable: " + e);
        }
    }
}
