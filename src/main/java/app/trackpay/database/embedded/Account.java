package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * As whom the server runs. PostgreSQL refuses to run as root, so root needs a way to be somebody else.
 *
 * @param prefix the words before a command that make it run so
 * @param uid the user that must own the server's data, if it is not this process's
 */
record Account(List<String> prefix, OptionalInt uid) {

    private static final int NOBODY = 65534;

    /** This process's own user. */
    static final Account OWN = new Account(List.of(), OptionalInt.empty());
    /** A user namespace without a mapping: the same user, but no longer called root. */
    static final Account NAMESPACE = new Account(List.of("unshare", "-U"), OptionalInt.empty());
    /** Another user, one that owns nothing. */
    static final Account SOMEBODY = new Account(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), OptionalInt.of(NOBODY));

    /**
     * The way for this process.
     *
     * @param own a file that this process has made
     * @throws CouldNotRunException if it is root and there is no way
     */
    static Account of(Path own) throws IOException, CouldNotRunException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                || !Integer.valueOf(0).equals(Files.getAttribute(own, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            return OWN;
        }
        for (Account account : List.of(NAMESPACE, SOMEBODY)) {
            if (account.runs("true")) {
                return account;
            }
        }
        throw new CouldNotRunException(
                "PostgreSQL does not run as root, and neither 'unshare -U' nor 'setpriv --reuid' works here."
                        + " Run the build as another user, or name a database with -Dtrackpay.url=<its URL>.");
    }

    /** A command that runs as this account. */
    List<String> command(List<String> words) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(words);
        return command;
    }

    /** Whether the account may enter a folder. */
    boolean enters(Path folder) {
        return prefix.isEmpty() || runs("sh", "-c", "test -r \"$0\" && test -x \"$0\"", folder.toString());
    }

    /** Runs a short command as this account; whether it ended well. */
    boolean runs(String... words) {
        try {
            Process process = new ProcessBuilder(command(List.of(words)))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            // there is no such command
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
