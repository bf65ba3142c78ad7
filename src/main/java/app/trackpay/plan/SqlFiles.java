package app.trackpay.plan;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The SQL files of a folder. */
public final class SqlFiles {

    static final String END = ".sql";

    private SqlFiles() {}

    /**
     * The SQL files that lie in a folder itself, in the order of their names; hidden files are none of them.
     *
     * @throws CouldNotRunException when the folder cannot be listed
     */
    public static List<Path> in(Path directory) throws CouldNotRunException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isSql(file.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new CouldNotRunException(directory + ": the folder cannot be listed (" + e.getMessage() + ")", e);
        }
    }

    private static boolean isSql(String name) {
        return name.endsWith(END) && !name.startsWith(".");
    }
}
