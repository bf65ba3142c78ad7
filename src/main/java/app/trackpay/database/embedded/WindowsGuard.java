package app.trackpay.database.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * The guard on Windows, where no shell can watch over the server: it stops with this JVM's orderly end, and what a killed JVM leaves is swept by
 * the next rehearsal.
 */
final class WindowsGuard implements Guard {

    private final RunFolder run;
    private Optional<Process> program = Optional.empty();
    private Optional<ServerBinaries> server = Optional.empty();

    WindowsGuard(RunFolder run) {
        this.run = run;
    }

    @Override
    public void begin(List<String> words) throws IOException {
        program = Optional.of(new ProcessBuilder(words)
                .redirectErrorStream(true)
                // to a file: a pipe would stay open as long as any child of the server
                .redirectOutput(ProcessBuilder.Redirect.appendTo(run.log().toFile()))
                .start());
    }

    @Override
    public void serve(ServerBinaries binaries, Account account, int port) throws IOException {
        // pg_ctl gives up an administrator's rights, with which postgres itself refuses to run
        begin(List.of(
                binaries.program("pg_ctl"), "start", "-w", "-D", run.data().toString(), "-o", "-p " + port));
        server = Optional.of(binaries);
    }

    @Override
    public OptionalInt ended(Duration patience) throws IOException {
        try {
            if (program.isEmpty() || !program.get().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return OptionalInt.empty();
            }
            int code = program.get().exitValue();
            if (code == 0 && server.isPresent() && Files.exists(run.data().resolve("postmaster.pid"))) {
                // pg_ctl is done and the server runs
                Thread.sleep(patience.toMillis());
                return OptionalInt.empty();
            }
            return OptionalInt.of(code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public void stop() throws IOException {
        control("fast");
    }

    @Override
    public void close() {
        try {
            control("immediate");
            PrivateFolders.remove(run.folder());
        } catch (IOException e) {
            // a file may still be held; a later rehearsal sweeps it
        }
    }

    private void control(String mode) throws IOException {
        if (server.isEmpty()) {
            program.ifPresent(Process::destroyForcibly);
            return;
        }
        try {
            new ProcessBuilder(
                            server.get().program("pg_ctl"),
                            "stop",
                            "-w",
                            "-D",
                            run.data().toString(),
                            "-m",
                            mode)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
