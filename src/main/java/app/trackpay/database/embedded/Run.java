package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One server's life: its folder, who guards it and as whom it runs.
 *
 * @param folder with the data and the log
 * @param guard ends what runs in it
 * @param account as whom
 */
record Run(RunFolder folder, Guard guard, Account account) implements AutoCloseable {

    private static final int PORTS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A program of the server that failed; the message ends with what it said itself. */
    static final class ServerFailedException extends IOException {
        private static final long serialVersionUID = 1L;

        ServerFailedException(String message) {
            super(message);
        }
    }

    static Run begin() throws IOException, CouldNotRunException {
        RunFolder folder = RunFolder.create();
        Guard guard = Guard.of(folder);
        try {
            Account account = Account.of(folder.folder());
            if (account.uid().isPresent()) {
                // others may go through, to data that is the account's own; the folder stays this process's, so that a
                // sweep knows it
                PrivateFolders.pass(folder.folder());
            }
            return new Run(folder, guard, account);
        } catch (IOException | CouldNotRunException e) {
            guard.close();
            throw e;
        }
    }

    /** Initialises the data folder with a superuser and its password. */
    void initialise(ServerBinaries binaries, int major, String superuser, String password)
            throws IOException, CouldNotRunException {
        Path passwordFile = folder.folder().resolve("password");
        PrivateFolders.write(passwordFile, password);
        if (account.uid().isPresent()) {
            PrivateFolders.give(passwordFile, account.uid().getAsInt());
            PrivateFolders.create(folder.data());
            PrivateFolders.give(folder.data(), account.uid().getAsInt());
        }
        List<String> words = new ArrayList<>(List.of(
                binaries.program("initdb"),
                "--pgdata=" + folder.data(),
                "--username=" + superuser,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--wal-segsize=1",
                "--no-sync",
                // the same on every machine, whatever locales it has
                "--locale=C"));
        if (major >= 16) {
            // the password is random and long: to make its guesser slow only makes every connection slow
            words.add("--set=scram_iterations=1");
        }
        if (major >= 17) {
            words.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        }
        int code = runToEnd(account.command(words));
        if (code != 0 && account.prefix().isEmpty() && nameless() && Account.NAMESPACE.runs("true")) {
            // initdb looks the user's name up; in a namespace without a mapping it is nobody's
            PrivateFolders.remove(folder.data());
            code = runToEnd(Account.NAMESPACE.command(words));
        }
        if (code != 0 && nameless()) {
            throw new CouldNotRunException(
                    "This process's user has no entry in /etc/passwd, and PostgreSQL's initdb refuses that. Add one,"
                            + " or name a database with -Dtrackpay.url=<its URL>.");
        }
        if (code != 0) {
            throw new ServerFailedException("initdb ended with " + code + ":\n" + folder.logTail());
        }
        Files.deleteIfExists(passwordFile);
    }

    /**
     * Starts the server.
     *
     * @return the port it listens on
     */
    int serve(ServerBinaries binaries) throws IOException {
        for (int tried = 0; tried < PORTS; tried++) {
            int port = freePort();
            Files.deleteIfExists(folder.log());
            guard.serve(binaries, account, port);
            if (ready()) {
                return port;
            }
            String said = folder.logTail();
            // between choosing the port and taking it, somebody else may have taken it
            if (!said.contains("could not bind")) {
                throw new ServerFailedException("The server ended as soon as it was started:\n" + said);
            }
        }
        throw new ServerFailedException("None of " + PORTS + " ports that were free stayed free:\n" + folder.logTail());
    }

    /** Stops the server so that its data can be used again. */
    void stop() throws IOException {
        guard.stop();
        OptionalInt code = guard.ended(PATIENCE);
        if (code.isEmpty() || code.getAsInt() != 0) {
            throw new ServerFailedException("The server did not stop cleanly:\n" + folder.logTail());
        }
    }

    @Override
    public void close() {
        guard.close();
    }

    private boolean ready() throws IOException {
        Path status = folder.data().resolve("postmaster.pid");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (guard.ended(Duration.ofMillis(3)).isPresent()) {
                return false;
            }
            try {
                // the eighth line is the state; it is of our own server, which an answer on the port would not prove
                List<String> lines = Files.readAllLines(status);
                if (lines.size() >= 8 && lines.get(7).startsWith("ready")) {
                    return true;
                }
            } catch (NoSuchFileException e) {
                // not that far yet
            }
        }
        throw new ServerFailedException(
                "The server was not ready within " + PATIENCE.toSeconds() + " seconds:\n" + folder.logTail());
    }

    private boolean nameless() {
        return folder.logTail().contains("could not look up effective user ID");
    }

    private int runToEnd(List<String> words) throws IOException {
        guard.begin(words);
        return guard.ended(PATIENCE)
                .orElseThrow(() -> new ServerFailedException(words.get(0) + " did not end within "
                        + PATIENCE.toSeconds() + " seconds:\n" + folder.logTail()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(EmbeddedEngine.HOST))) {
            return socket.getLocalPort();
        }
    }
}
