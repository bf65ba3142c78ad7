package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One kind of cached folder. An entry appears at once and whole, or not at all; entries are only touched under the store's lock, which holds
 * between processes.
 *
 * @param folder where the entries lie, on a disk of this machine
 */
record Store(Path folder) {

    private static final String MARK = "complete";
    private static final String CONTENT = "content";
    private static final String STAGING = "staging-";

    /** What is done under the lock. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, CouldNotRunException;
    }

    /** What fills a folder that is there and empty. */
    @FunctionalInterface
    interface Filler {
        void fill(Path folder) throws IOException, CouldNotRunException;
    }

    /** Does some work while no other process and no other thread touches this store. */
    <T> T locked(Work<T> work) throws IOException, CouldNotRunException {
        PrivateFolders.create(folder);
        Path lock = folder.resolve("lock");
        // File locks belong to the process, and closing any channel to the file drops them: so one thread at a time. An
        // interned text is one
        // object for all class loaders of the JVM, and Maven loads each version of a plugin in its own.
        synchronized (("app.trackpay.store:" + lock.toAbsolutePath().normalize()).intern()) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // closing the channel lets it go
                channel.lock();
                sweep();
                return work.run();
            }
        }
    }

    /** An entry's content if it is there and has lost nothing; one that has is removed. */
    Optional<FolderCopy> entry(String name) throws IOException {
        Path mark = folder.resolve(name).resolve(MARK);
        if (!Files.isRegularFile(mark)) {
            discard(name);
            return Optional.empty();
        }
        FolderCopy content = FolderCopy.of(folder.resolve(name).resolve(CONTENT));
        if (!Files.readString(mark).equals(content.tally())) {
            discard(name);
            return Optional.empty();
        }
        Files.setLastModifiedTime(mark, FileTime.from(Instant.now()));
        return Optional.of(content);
    }

    /** Makes an entry in place of one that may be there. */
    FolderCopy put(String name, Filler filler) throws IOException, CouldNotRunException {
        Path staging = folder.resolve(STAGING + name);
        PrivateFolders.create(staging);
        Path content = staging.resolve(CONTENT);
        PrivateFolders.create(content);
        filler.fill(content);
        Files.writeString(staging.resolve(MARK), FolderCopy.of(content).tally());
        discard(name);
        Files.move(staging, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return FolderCopy.of(folder.resolve(name).resolve(CONTENT));
    }

    /** Removes an entry if it is there. */
    void discard(String name) throws IOException {
        Path entry = folder.resolve(name);
        if (Files.exists(entry)) {
            // renamed first: a removal that is interrupted must not leave half an entry
            Path doomed = folder.resolve(STAGING + "removed-" + name);
            PrivateFolders.remove(doomed);
            Files.move(entry, doomed, StandardCopyOption.ATOMIC_MOVE);
            PrivateFolders.remove(doomed);
        }
    }

    /** Removes all but the entries that were used last. */
    void prune(int kept) throws IOException {
        record Used(String name, FileTime when) {}
        List<Used> entries = new ArrayList<>();
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path entry : marks) {
                Path mark = entry.resolve(MARK);
                if (Files.exists(mark)) {
                    entries.add(new Used(entry.getFileName().toString(), Files.getLastModifiedTime(mark)));
                }
            }
        }
        entries.sort(Comparator.comparing(Used::when).reversed());
        for (Used old : entries.subList(Math.min(kept, entries.size()), entries.size())) {
            discard(old.name());
        }
    }

    private void sweep() throws IOException {
        // whoever made these was killed: the lock is ours
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, STAGING + "*")) {
            for (Path leftover : leftovers) {
                PrivateFolders.remove(leftover);
            }
        }
    }
}
