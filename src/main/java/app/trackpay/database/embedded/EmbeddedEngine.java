package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.GrantEra;
import app.trackpay.database.Password;
import app.trackpay.database.PostgresRelease;
import app.trackpay.database.RehearsalEngine;
import app.trackpay.database.Target;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rehearsals on PostgreSQL's own binaries, started on this machine and thrown away.
 *
 * <p>Unpacked servers and initialised data folders are kept in a cache, which any number of builds may use at once.
 */
public final class EmbeddedEngine implements RehearsalEngine {

    static final String HOST = "127.0.0.1";
    static final String DATABASE = "postgres";
    static final String SUPERUSER = "supabase_admin";
    static final String MIGRATIONS = "postgres";
    static final String AUTHENTICATOR = "authenticator";

    /** What of the cache is not trusted. The server comes last, since other builds may be running from it. */
    private enum Anew {
        NOTHING,
        CLUSTER,
        SERVER_TOO
    }

    private final Servers servers;
    private final PostgresRelease release;
    private final Path cacheFolder;
    private final Consumer<String> log;

    /**
     * @param release what to run
     * @param archives where its binaries come from when they are not in the cache
     * @param cacheFolder see {@link CacheFolder}; made when it is not there
     * @param log is told, in a line each, what takes time and what a user would want to know
     */
    public EmbeddedEngine(PostgresRelease release, BinaryArchives archives, Path cacheFolder, Consumer<String> log) {
        this.release = release;
        this.cacheFolder = cacheFolder.toAbsolutePath().normalize();
        this.log = log;
        this.servers = new Servers(release, archives, this.cacheFolder, log);
    }

    @Override
    public Target target() {
        return new Target(Target.Kind.REHEARSAL, HOST, 0, DATABASE, release.display());
    }

    @Override
    public EmbeddedServer start(GrantEra era) throws CouldNotRunException {
        return start(era, Optional.empty())
                .orElseThrow(() -> new IllegalStateException("a fresh cluster is always there"));
    }

    @Override
    public Optional<EmbeddedServer> startMigrated(GrantEra era, String key) throws CouldNotRunException {
        return start(era, Optional.of(key));
    }

    private Optional<EmbeddedServer> start(GrantEra era, Optional<String> key) throws CouldNotRunException {
        DriverWarmUp.begin();
        try {
            Clusters clusters = new Clusters(PlatformSql.of(era), release.major(), cacheFolder, log);
            for (Anew anew : List.of(Anew.NOTHING, Anew.CLUSTER)) {
                try {
                    return attempt(clusters, key, anew);
                } catch (Run.ServerFailedException e) {
                    log.accept("The cached PostgreSQL did not start; making it anew");
                }
            }
            return attempt(clusters, key, Anew.SERVER_TOO);
        } catch (IOException e) {
            throw new CouldNotRunException(
                    "Could not start PostgreSQL " + release.display() + " for the rehearsal: " + said(e), e);
        }
    }

    private Optional<EmbeddedServer> attempt(Clusters clusters, Optional<String> key, Anew anew)
            throws IOException, CouldNotRunException {
        Run run = Run.begin();
        boolean started = false;
        try {
            ServerBinaries binaries = servers.get(run.account());
            if (anew == Anew.SERVER_TOO) {
                servers.discard(binaries, run.account());
                binaries = servers.get(run.account());
            }
            if (anew != Anew.NOTHING) {
                clusters.discard(binaries, key);
            }
            Optional<Password> password = key.isPresent()
                    ? clusters.migrated(run, binaries, key.get())
                    : Optional.of(clusters.fresh(run, binaries));
            if (password.isEmpty()) {
                return Optional.empty();
            }
            int port = run.serve(binaries);
            started = true;
            return Optional.of(new EmbeddedServer(run, binaries, clusters, port, password.get()));
        } finally {
            if (!started) {
                run.close();
            }
        }
    }

    private String said(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("libstdc++")) {
            return message + "\nInstall the system's C++ library (libstdc++6, libstdc++).";
        }
        if (e instanceof FileSystemException && message.contains(cacheFolder.toString())) {
            return e.getClass().getSimpleName() + ": " + message
                    + "\nIts cache is kept there; set TRACKPAY_CACHE to a folder that can be written.";
        }
        // the file system's exceptions say no more than the file's name
        return e instanceof Run.ServerFailedException ? message : e.getClass().getSimpleName() + ": " + message;
    }
}
