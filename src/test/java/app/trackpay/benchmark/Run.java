package app.trackpay.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command that ran once.
 *
 * @param seconds from start to end, on the wall
 * @param cpu seconds of work, the server's included
 * @param megabytes the most memory that its processes held, as Linux counts it; 0 where it does not tell
 * @param output what it said, errors included
 */
record Run(int exit, double seconds, double cpu, long megabytes, String output) {

    /** To look for descendants is to read about every process there is, with a processor that the measured ones could use. */
    private static final long LOOK_EVERY_MILLIS = 250;

    /** Runs a command to its end. */
    static Run of(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("benchmark", ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        double worked = Cpu.seconds();
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        Map<Long, Long> most = new HashMap<>();
        do {
            Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .map(ProcessHandle::pid)
                    .forEach(pid -> most.merge(pid, kilobytes(pid), Math::max));
        } while (!process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        double seconds = (System.nanoTime() - start) / 1e9;
        String text = Files.readString(output, StandardCharsets.UTF_8);
        Files.delete(output);
        long megabytes = most.values().stream().mapToLong(Long::longValue).max().orElse(0) / 1024;
        return new Run(process.exitValue(), seconds, Cpu.seconds() - worked, megabytes, text);
    }

    /** The same, but a command that cannot even start is one that failed. */
    static Run attempt(List<String> command, Map<String, String> environment, Path folder) throws InterruptedException {
        try {
            return of(command, environment, folder);
        } catch (IOException e) {
            return new Run(127, 0, 0, 0, String.valueOf(e.getMessage()));
        }
    }

    /** The last line that says something. */
    String lastLine() {
        return output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line.strip());
    }

    private static long kilobytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException e) {
            return 0; // it ended just now, or this is no Linux
        }
    }
}
