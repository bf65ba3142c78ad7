package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.embedded.BinaryArchives;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that the build copies PostgreSQL's binaries to. */
public final class TestArchives {

    /** The folder itself. */
    public static final Path FOLDER = Path.of(System.getProperty("trackpay.test.postgres", "target/postgres-binaries"))
            .toAbsolutePath();

    /** Finds them there. */
    public static final BinaryArchives ARCHIVES = in(FOLDER);

    private TestArchives() {}

    /** Finds them in a folder. */
    public static BinaryArchives in(Path folder) {
        return (artifactId, version) -> {
            Path jar = folder.resolve(artifactId + "-" + version + ".jar");
            if (!Files.exists(jar)) {
                throw new CouldNotRunException("no " + jar + ": run mvn process-test-resources once");
            }
            return jar;
        };
    }
}
