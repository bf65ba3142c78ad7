package app.trackpay.mojo;

import app.trackpay.manifest.ManifestFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a live database is held against.
 *
 * @param text as configured
 */
record ManifestSetting(Optional<String> text) {

    private static final String PLAN = "plan";

    /** Whether it is the plan itself, rehearsed, instead of a file. */
    boolean isPlan() {
        return text.filter(PLAN::equals).isPresent();
    }

    /**
     * The file.
     *
     * @param base what a relative path counts from
     * @param directory the folder of the plan, where it is by default
     */
    Path file(Path base, Path directory) {
        return text.map(base::resolve).orElse(directory.resolve(ManifestFile.NAME));
    }
}
