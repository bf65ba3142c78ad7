package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.embedded.BinaryArchives;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/** PostgreSQL's binaries by Maven's own means, so that mirrors, proxies, credentials and {@code -o} work as for every other artifact. */
record ResolvedArchives(RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories)
        implements BinaryArchives {

    private static final String GROUP = "io.zonky.test.postgres";

    @Override
    public Path locate(String artifactId, String version) throws CouldNotRunException {
        var artifact = new DefaultArtifact(GROUP, artifactId, "jar", version);
        try {
            return system.resolveArtifact(session, new ArtifactRequest(artifact, repositories, null))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new CouldNotRunException(
                    "PostgreSQL's binaries " + artifact + " could not be had: " + e.getMessage() + ". "
                            + (session.isOffline()
                                    ? "Maven is offline (-o): run the goal once with the network on, afterwards they are in the local repository."
                                    : "Check the network and the repositories in settings.xml, or name a database with -Dtrackpay.url."),
                    e);
        }
    }
}
