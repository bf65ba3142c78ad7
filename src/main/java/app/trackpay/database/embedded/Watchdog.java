package app.trackpay.database.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The guard of every system but Windows: a shell whose standard input ends with this JVM, even when that is killed. */
final class Watchdog implements Guard {

    private final RunFolder run;
    private final Process shell;
    private final Writer commands;
    private final BlockingQueue<String> endings = new LinkedBlockingQueue<>();

    Watchdog(RunFolder run) throws IOException {
        this.run = run;
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        PlatformSql.resource("watchdog.sh"),
                        "trackpay-watchdog",
                        run.folder().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        // the user's settings for clients are not meant for this server
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.equals("LANG"));
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        shell = builder.start();
        commands = shell.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "trackpay-watchdog");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void begin(List<String> words) throws IOException {
        send("run " + words.stream().map(Watchdog::quoted).collect(Collectors.joining(" ")));
    }

    @Override
    public void serve(ServerBinaries binaries, Account account, int port) throws IOException {
        begin(account.command(List.of(
                binaries.program("postgres"),
                "-D",
                run.data().toString(),
                "-p",
                Integer.toString(port),
                // shared memory as files in the data folder, which go when that goes
                "-c",
                "dynamic_shared_memory_type=mmap")));
    }

    @Override
    public OptionalInt ended(Duration patience) throws IOException {
        try {
            String code = endings.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            return code == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(code));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void stop() throws IOException {
        send("stop");
    }

    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            // the shell is gone already
        }
        boolean interrupted = false;
        for (boolean waiting = true; waiting; ) {
            try {
                // the server answers an immediate shutdown within five seconds: it kills what does not
                shell.waitFor(20, TimeUnit.SECONDS);
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String line) throws IOException {
        commands.write(line + "\n");
        commands.flush();
    }

    private void read() {
        try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(endings::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            // the shell is gone
        }
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
