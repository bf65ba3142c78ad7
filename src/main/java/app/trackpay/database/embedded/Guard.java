package app.trackpay.database.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** Runs a server's programs and sees to it that nothing of them stays when this JVM is gone. */
interface Guard extends AutoCloseable {

    /** The guard of this system for a run folder, which it removes in the end. */
    static Guard of(RunFolder run) throws IOException {
        return Platform.current().windows() ? new WindowsGuard(run) : new Watchdog(run);
    }

    /** Begins a program, one at a time, its output going to the run folder's log. */
    void begin(List<String> words) throws IOException;

    /** Begins the server on the run folder's data. */
    void serve(ServerBinaries binaries, Account account, int port) throws IOException;

    /** The exit code of what was begun, if it ends within a time. */
    OptionalInt ended(Duration patience) throws IOException;

    /** Asks the server to end cleanly. */
    void stop() throws IOException;

    /** Ends whatever still runs, at once, and removes the run folder. */
    @Override
    void close();
}
