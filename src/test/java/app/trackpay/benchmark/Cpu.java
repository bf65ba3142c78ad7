package app.trackpay.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The work that is done for a measure, wherever: by this JVM, the commands it runs and the server, which is its child too. On a machine that
 * others use as well it says more than a clock.
 */
final class Cpu {

    // /proc counts in hundredths of a second on every Linux that Java runs on
    private static final double TICKS = 100;

    private Cpu() {}

    /** Seconds of all processors until now; 0 where the system does not tell. */
    static double seconds() {
        ProcessHandle here = ProcessHandle.current();
        return Stream.concat(Stream.of(here), here.descendants())
                        .mapToLong(process -> ticks(process.pid()))
                        .sum()
                / TICKS;
    }

    /** Of a process and of its children that have ended. */
    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // the second field is a name in parentheses, with whatever in it
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Arrays.stream(fields, 11, 15).mapToLong(Long::parseLong).sum();
        } catch (IOException | RuntimeException e) {
            return 0; // it ended just now, or this is no Linux
        }
    }
}
