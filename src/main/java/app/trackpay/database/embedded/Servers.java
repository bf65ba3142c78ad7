package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.PostgresRelease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The unpacked servers.
 *
 * @param release the one to find
 * @param archives where it comes from
 * @param cacheFolder where it is kept
 * @param log what the user is told
 */
record Servers(PostgresRelease release, BinaryArchives archives, Path cacheFolder, Consumer<String> log) {

    private static final Pattern VERSION = Pattern.compile("\\) (\\d+\\.\\d+)");

    /** Where root's servers lie when the account they run as may not enter root's cache folder. */
    private static final Path SYSTEM_CACHE = Path.of("/var/cache/trackpay");

    /**
     * A server that the account may run: from the cache, else unpacked, else one that is installed.
     *
     * @throws CouldNotRunException if there is none
     */
    ServerBinaries get(Account account) throws IOException, CouldNotRunException {
        Platform platform = Platform.current();
        try {
            String name = platform.artifactId(release) + "-" + release.archiveVersion();
            Store store = store(account);
            Path content = store.locked(() -> {
                Optional<FolderCopy> cached = store.entry(name);
                return cached.isPresent()
                        ? cached.get().folder()
                        : unpack(store, name).folder();
            });
            return new ServerBinaries(content.resolve("bin"), name, release.display(), true);
        } catch (CouldNotRunException e) {
            ServerBinaries installed = installed().orElseThrow(() -> e);
            log.accept(e.getMessage());
            log.accept("Using the PostgreSQL " + release.major() + " installed in " + installed.bin() + " instead");
            return installed;
        }
    }

    /** Forgets a server that does not work, so that it is unpacked anew. */
    void discard(ServerBinaries server, Account account) throws IOException, CouldNotRunException {
        if (server.cached()) {
            Store store = store(account);
            store.locked(() -> {
                store.discard(server.identity());
                return server;
            });
        }
    }

    private FolderCopy unpack(Store store, String name) throws IOException, CouldNotRunException {
        Path jar = archives.locate(Platform.current().artifactId(release), release.archiveVersion());
        log.accept("Unpacking PostgreSQL " + release.display() + " (once)");
        FolderCopy unpacked = store.put(name, new ServerArchive(jar)::unpack);
        PrivateFolders.open(store.folder().resolve(name));
        PrivateFolders.open(unpacked.folder());
        return unpacked;
    }

    private Store store(Account account) throws IOException, CouldNotRunException {
        Path own = cacheFolder.resolve("servers");
        PrivateFolders.create(cacheFolder);
        PrivateFolders.create(own);
        // no secret is in it, and the cache folder above is private unless the user made it otherwise
        PrivateFolders.open(own);
        if (account.enters(own)) {
            return new Store(own);
        }
        Path shared = SYSTEM_CACHE.resolve("servers");
        for (Path folder : List.of(SYSTEM_CACHE, shared)) {
            PrivateFolders.create(folder);
            refuseIfForeign(folder);
            PrivateFolders.open(folder);
        }
        if (!account.enters(shared)) {
            throw new CouldNotRunException(
                    "The rehearsal's server runs as another user than root, and that user may enter neither " + own
                            + " nor " + shared
                            + ". Set TRACKPAY_CACHE to a folder that others may enter, or run the build as another user.");
        }
        return new Store(shared);
    }

    private static void refuseIfForeign(Path folder) throws IOException, CouldNotRunException {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        if (!Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                || now.contains(PosixFilePermission.GROUP_WRITE)
                || now.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new CouldNotRunException(
                    folder + " can be written by others than root, so nothing in it is run as root's server."
                            + " Remove it and run again.");
        }
    }

    private Optional<ServerBinaries> installed() {
        // Debian's and Ubuntu's place, then that of the PostgreSQL project's packages for Red Hat
        return List.of("/usr/lib/postgresql/" + release.major() + "/bin", "/usr/pgsql-" + release.major() + "/bin")
                .stream()
                .map(Path::of)
                .filter(bin -> Files.isExecutable(bin.resolve("postgres")) && Files.isExecutable(bin.resolve("initdb")))
                .findFirst()
                .map(bin -> new ServerBinaries(
                        bin, "installed-" + release.major() + "-" + changed(bin), version(bin), false));
    }

    private String version(Path bin) {
        try {
            Process process = new ProcessBuilder(bin.resolve("postgres").toString(), "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher number = VERSION.matcher(said);
            return number.find() ? number.group(1) : Integer.toString(release.major());
        } catch (IOException e) {
            return Integer.toString(release.major());
        }
    }

    private static String changed(Path bin) {
        try {
            // an upgrade of the package replaces the program
            return Long.toHexString(
                    Files.getLastModifiedTime(bin.resolve("postgres")).toMillis());
        } catch (IOException e) {
            return "unknown";
        }
    }
}
