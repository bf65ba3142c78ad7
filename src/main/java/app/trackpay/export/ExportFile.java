package app.trackpay.export;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an export goes. */
public final class ExportFile {

    private ExportFile() {}

    /** Writes a draft, whatever stands there. */
    public static Path write(String sql, Path file) throws CouldNotRunException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, sql, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CouldNotRunException(file + " cannot be written (" + e + ")", e);
        }
    }

    /**
     * Puts the file where the plan has it.
     *
     * @param overwrite whether another file there may go
     * @return for people: what was done
     */
    public static String place(String sql, Path file, boolean overwrite) throws CouldNotRunException {
        try {
            if (Files.exists(file)) {
                if (Files.readString(file).equals(sql)) {
                    return file + " is up to date: nothing was written";
                }
                if (!overwrite) {
                    throw new CouldNotRunException(
                            file
                                    + " is there and says something else. Nothing was written: move it away, or replace it with -Dtrackpay.overwrite=true.");
                }
            }
        } catch (IOException e) {
            throw new CouldNotRunException(file + " cannot be read (" + e + ")", e);
        }
        return "wrote " + write(sql, file);
    }
}
