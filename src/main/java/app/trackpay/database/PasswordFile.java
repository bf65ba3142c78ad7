package app.trackpay.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbcurlresolver.PgPassParser;

/**
 * The file that psql, too, takes passwords from. The driver reads it whoever else may; libpq does not, and neither does this.
 *
 * @param path where it is, whether or not there is one
 * @param name for people
 * @param refusal why it is not looked into, where somebody may expect that it is
 */
record PasswordFile(Path path, String name, Optional<String> refusal) {

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    static PasswordFile of(Map<String, String> environment) {
        @Nullable String property = System.getProperty("org.postgresql.pgpassfile");
        @Nullable String named = environment.get("PGPASSFILE");
        @Nullable String windows = environment.get("APPDATA");
        Path path = property != null
                ? Path.of(property)
                : named != null
                        ? Path.of(named)
                        : windows != null
                                ? Path.of(windows, "postgresql", "pgpass.conf")
                                : Path.of(System.getProperty("user.home"), ".pgpass");
        boolean byVariable = property == null && named != null;
        String name = byVariable ? "the file that PGPASSFILE names" : "~/.pgpass";
        Optional<String> refusal = Optional.empty();
        if (byVariable && !Files.exists(path)) {
            refusal = Optional.of(name + " is not there: " + path);
        } else if (open(path)) {
            refusal = Optional.of(name + " is not used, since others may read it: chmod 600 " + path);
        }
        return new PasswordFile(path, name, refusal);
    }

    /** The password of the first host, of a file that only its owner may read. */
    Optional<Password> password(DatabaseUrl url, String user) {
        if (refusal.isPresent()) {
            return Optional.empty();
        }
        HostAndPort first = url.hosts().get(0);
        @Nullable
        String found = PgPassParser.getPassword(
                first.host(), Integer.toString(first.port()), url.database().orElse(user), user);
        return found == null || found.isEmpty() ? Optional.empty() : Optional.of(new Password(found));
    }

    private static boolean open(Path path) {
        try {
            return Files.isRegularFile(path)
                    && Files.getFileStore(path).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
        } catch (IOException e) {
            // not readable at all, then
            return false;
        }
    }
}
