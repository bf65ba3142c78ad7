package app.trackpay.database.embedded;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a user's caches lie, by the custom of each system. */
public final class CacheFolder {

    private CacheFolder() {}

    /**
     * @param environment of the process
     * @param osName as in the system property {@code os.name}
     * @param home the user's home folder; Java says "?" for a user without an entry in the password file, and then HOME counts
     */
    public static Path locate(Map<String, String> environment, String osName, Path home) {
        Optional<Path> own = folder(environment, "TRACKPAY_CACHE");
        if (own.isPresent()) {
            return own.get();
        }
        Path base = home.isAbsolute() ? home : folder(environment, "HOME").orElse(home);
        String os = osName.toLowerCase(Locale.ROOT);
        // XDG wins on every system: whoever sets it means it
        Path caches = folder(environment, "XDG_CACHE_HOME").orElseGet(() -> {
            if (os.startsWith("mac")) {
                return base.resolve("Library/Caches");
            }
            if (os.startsWith("windows")) {
                return folder(environment, "LOCALAPPDATA").orElse(base.resolve("AppData/Local"));
            }
            return base.resolve(".cache");
        });
        return caches.resolve("trackpay");
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
