package app.trackpay.manifest;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The reviewed baseline of a team, as it lies beside the plan. */
public final class ManifestFile {

    /** What it is called unless a parameter says otherwise. */
    public static final String NAME = "manifest.json";

    private ManifestFile() {}

    /**
     * The manifest of a file.
     *
     * @return empty when there is no such file
     * @throws CouldNotRunException when it is there and cannot be read: with the place where it stops to be a manifest
     */
    public static Optional<Manifest> read(Path file) throws CouldNotRunException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ManifestJson.read(file.toString(), Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "it is a folder" : e.toString();
            throw new CouldNotRunException(file + ": the manifest cannot be read (" + why + ")", e);
        }
    }

    /**
     * Writes a manifest. The same manifest gives the same bytes.
     *
     * @throws CouldNotRunException when the file cannot be written
     */
    public static void write(Manifest manifest, Path file) throws CouldNotRunException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, ManifestJson.write(manifest), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CouldNotRunException(file + ": the manifest cannot be written (" + e + ")", e);
        }
    }
}
