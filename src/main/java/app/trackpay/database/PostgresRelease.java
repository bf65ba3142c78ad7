package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A release of PostgreSQL that a rehearsal can run on.
 *
 * @param major the major version, such as 17
 * @param archiveVersion the version of its binaries as Maven knows it, such as 17.11.0; pinned, since ranges read metadata that is not complete
 */
public record PostgresRelease(int major, String archiveVersion) {

    private static final List<PostgresRelease> KNOWN = List.of(
            new PostgresRelease(14, "14.24.0"),
            new PostgresRelease(15, "15.19.0"),
            new PostgresRelease(16, "16.15.0"),
            new PostgresRelease(17, "17.11.0"),
            new PostgresRelease(18, "18.6.0"));

    /** All of them, oldest first. */
    public static List<PostgresRelease> known() {
        return KNOWN;
    }

    /**
     * The release of a major version.
     *
     * @param major such as 17
     * @throws CouldNotRunException if there is none; the message names those there are
     */
    public static PostgresRelease of(int major) throws CouldNotRunException {
        return KNOWN.stream()
                .filter(release -> release.major == major)
                .findFirst()
                .orElseThrow(() -> new CouldNotRunException("There is no PostgreSQL " + major
                        + " for a rehearsal. Set trackpay.postgresVersion to one of "
                        + KNOWN.stream()
                                .map(release -> Integer.toString(release.major))
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    /** As PostgreSQL itself counts, such as 17.11. */
    public String display() {
        return archiveVersion.replaceFirst("\\.0$", "");
    }
}
