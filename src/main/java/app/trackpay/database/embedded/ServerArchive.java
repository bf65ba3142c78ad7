package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A jar with one {@code .txz} in it, which holds a PostgreSQL server.
 *
 * @param jar the file
 */
record ServerArchive(Path jar) {

    private static final int EXECUTABLE = 0100;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /**
     * Unpacks it into a folder that is there.
     *
     * @throws CouldNotRunException if it is not what it should be
     */
    void unpack(Path target) throws IOException, CouldNotRunException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry packed = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new CouldNotRunException(
                            jar + " holds no .txz: it is not an archive of PostgreSQL's binaries."
                                    + " Remove it from the Maven repository and run again."));
            try (InputStream raw = new BufferedInputStream(zip.getInputStream(packed), 1 << 16);
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, target);
                }
            }
        } catch (IOException e) {
            throw new CouldNotRunException(
                    "Could not unpack " + jar + ": " + e.getMessage()
                            + ". If the file is damaged, remove it and run again.",
                    e);
        }
    }

    private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException, CouldNotRunException {
        Path path = inside(target, target.resolve(entry.getName()), entry);
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            permit(path, true);
            return;
        }
        Path parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            inside(target, path.resolveSibling(entry.getLinkName()), entry);
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, inside(target, target.resolve(entry.getLinkName()), entry));
        } else {
            Files.copy(tar, path);
            permit(path, (entry.getMode() & EXECUTABLE) != 0);
        }
    }

    private Path inside(Path target, Path path, TarArchiveEntry entry) throws CouldNotRunException {
        Path normal = path.normalize();
        if (!normal.startsWith(target.normalize())) {
            throw new CouldNotRunException(
                    jar + " holds " + entry.getName()
                            + ", which would lie outside the folder it is unpacked to. It is not an archive of PostgreSQL's binaries; nothing of it was used.");
        }
        return normal;
    }

    private static void permit(Path path, boolean executable) throws IOException {
        if (!POSIX) {
            return;
        }
        // readable by all whatever the umask: as root, the server runs as somebody else; the cache folder above keeps
        // others out
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (executable) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        Files.setPosixFilePermissions(path, permissions);
    }
}
