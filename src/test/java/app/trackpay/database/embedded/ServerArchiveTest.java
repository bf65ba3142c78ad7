package app.trackpay.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

final class ServerArchiveTest {

    @TempDir
    private Path folder;

    private Path target;

    @BeforeEach
    void makeTarget() throws IOException {
        target = Files.createDirectory(folder.resolve("target"));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no modes and links there")
    void modesAndLinksAreKept() throws IOException, CouldNotRunException {
        archive(file("bin/postgres", 0700), file("lib/libpq.so.5.1", 0600), link("lib/libpq.so", "libpq.so.5.1"))
                .unpack(target);

        assertThat(target.resolve("bin/postgres")).hasContent("content");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("bin/postgres"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("lib/libpq.so.5.1"))))
                .isEqualTo("rw-r--r--");
        assertThat(target.resolve("lib/libpq.so")).isSymbolicLink().hasContent("content");
    }

    @Test
    void aFileThatWouldLieOutsideIsRefused() throws IOException {
        ServerArchive archive = archive(file("../outside", 0600));

        assertThatThrownBy(() -> archive.unpack(target))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("outside the folder");
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void aLinkThatLeadsOutsideIsRefused() throws IOException {
        for (String name : new String[] {"../../outside", "/etc"}) {
            ServerArchive archive = archive(link("lib/link", name), file("lib/link/file", 0600));

            assertThatThrownBy(() -> archive.unpack(target))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("outside the folder");
            assertThat(target.resolve("lib/link")).doesNotExist();
        }
    }

    @Test
    void aTruncatedArchiveIsNamed() throws IOException {
        Path jar = archive(file("bin/postgres", 0700)).jar();
        byte[] whole = Files.readAllBytes(jar);
        Files.write(jar, java.util.Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> new ServerArchive(jar).unpack(target))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining(jar.toString())
                .hasMessageContaining("damaged");
    }

    @Test
    void aJarOfSomethingElseIsNamed() throws IOException {
        Path jar = folder.resolve("other.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/"));
        }

        assertThatThrownBy(() -> new ServerArchive(jar).unpack(target))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("holds no .txz");
    }

    private static TarArchiveEntry file(String name, int mode) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        return entry;
    }

    private static TarArchiveEntry link(String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
        entry.setLinkName(target);
        return entry;
    }

    private ServerArchive archive(TarArchiveEntry... entries) throws IOException {
        Path jar = folder.resolve("server.jar");
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("postgres.txz"));
            OutputStream compressed = new XZOutputStream(zip, new LZMA2Options());
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(compressed)) {
                for (TarArchiveEntry entry : entries) {
                    boolean regular = !entry.isSymbolicLink();
                    entry.setSize(regular ? content.length : 0);
                    tar.putArchiveEntry(entry);
                    if (regular) {
                        tar.write(content);
                    }
                    tar.closeArchiveEntry();
                }
            }
        }
        return new ServerArchive(jar);
    }
}
