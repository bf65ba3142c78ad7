package app.trackpay.database.embedded;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A folder for one server's data and log, in memory where there is room, that nobody else may enter.
 *
 * @param folder the folder itself
 */
record RunFolder(Path folder) {

    private static final long ENOUGH = 512L << 20;

    /** Makes one, and removes those whose process was killed so hard that nobody could. */
    static RunFolder create() throws IOException {
        Path root = root();
        // never one that is there already: anybody may make one in a shared place
        Path folder = Files.createTempDirectory(
                root, prefix() + ProcessHandle.current().pid() + "-");
        sweep(root, Files.getOwner(folder));
        return new RunFolder(folder);
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("log");
    }

    /** The last lines of the server's log, for a message. */
    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException e) {
            return "(it left no log)";
        }
    }

    private static Path root() throws IOException {
        Path memory = Path.of("/dev/shm");
        if (Files.isDirectory(memory)
                && Files.isWritable(memory)
                && Files.getFileStore(memory).getUsableSpace() >= ENOUGH) {
            return memory;
        }
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    }

    /** Process ids are unique in a pid namespace only, and containers may share a folder: the namespace is part of the name. */
    private static String prefix() {
        String namespace = "";
        try {
            namespace = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                            .toString()
                            .replaceAll("\\D", "") + "-";
        } catch (IOException | UnsupportedOperationException e) {
            // not Linux: there are no namespaces
        }
        return "trackpay-" + namespace;
    }

    private static void sweep(Path root, UserPrincipal user) {
        String prefix = prefix();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, prefix + "*")) {
            for (Path folder : folders) {
                // anybody may make a folder of this name there: another user's is none of ours
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
                        && ownerIsGone(folder.getFileName().toString().substring(prefix.length()))) {
                    end(folder);
                    PrivateFolders.remove(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // its watchdog is at it, or a file is still held: the next rehearsal tries again
        }
    }

    private static boolean ownerIsGone(String name) {
        try {
            long pid = Long.parseLong(name.substring(0, Math.max(0, name.indexOf('-'))));
            return ProcessHandle.of(pid).isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void end(Path folder) throws IOException {
        Path pid = folder.resolve("data").resolve("postmaster.pid");
        if (!Files.isReadable(pid)) {
            return;
        }
        try {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).trim()))
                    .filter(process -> serves(process.info(), folder))
                    .ifPresent(RunFolder::end);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // half written: the server never got far
        }
    }

    private static void end(ProcessHandle server) {
        if (!Platform.current().windows()) {
            // so that it gives back its shared memory; Java itself has no such signal
            Account.OWN.runs("sh", "-c", "kill -QUIT \"$0\"", Long.toString(server.pid()));
            try {
                server.onExit().get(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // by force, then
            }
        }
        server.destroyForcibly();
    }

    /** The number may be another process's by now. Windows tells no command line, but a program that it could only be by chance. */
    private static boolean serves(ProcessHandle.Info process, Path folder) {
        return process.commandLine()
                .map(line -> line.contains(folder.toString()))
                .orElse(process.command()
                        .filter(command -> command.endsWith("postgres.exe"))
                        .isPresent());
    }
}
