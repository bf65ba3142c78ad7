package app.trackpay.database.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder as it was listed once: what it holds and how much, so that a copy need not look again.
 *
 * @param folder the folder itself
 * @param folders all folders in it, a parent before its children, relative
 * @param files all files and links in it, relative
 * @param bytes the sum of the files' sizes
 */
record FolderCopy(Path folder, List<Path> folders, List<Path> files, long bytes) {

    static FolderCopy of(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        long[] bytes = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                folders.add(folder.relativize(inner));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(folder.relativize(file));
                bytes[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
        return new FolderCopy(folder, folders, files, bytes[0]);
    }

    /** What tells a whole folder from one that lost something. */
    String tally() {
        return files.size() + " files " + bytes + " bytes";
    }

    /** Copies everything to a folder, which is made if it is not there. */
    void to(Path target) throws IOException {
        for (Path inner : folders) {
            PrivateFolders.create(target.resolve(inner));
        }
        try {
            // the cost is making some thousand files, not their bytes: two processors halve it
            files.parallelStream().forEach(file -> {
                try {
                    Files.copy(folder.resolve(file), target.resolve(file), LinkOption.NOFOLLOW_LINKS);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Makes another user the owner of everything. */
    void give(int owner) throws IOException {
        for (Path inner : folders) {
            PrivateFolders.give(folder.resolve(inner), owner);
        }
        for (Path file : files) {
            PrivateFolders.give(folder.resolve(file), owner);
        }
    }
}
