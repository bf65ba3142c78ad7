package app.trackpay.database.embedded;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * The data folders that are kept: fresh ones with the platform, and migrated ones.
 *
 * <p>A kept cluster's password is random, the same in all its copies, and lies beside it in a file that only the user may read. Whoever could read
 * that file could read the data itself, so a password of its own for each copy would protect nothing and cost a round trip.
 *
 * @param platform what a fresh cluster holds
 * @param major PostgreSQL's major version
 * @param cacheFolder where they are kept
 * @param log what the user is told
 */
record Clusters(PlatformSql platform, int major, Path cacheFolder, Consumer<String> log) {

    /** Changes when what is kept changes its shape. */
    private static final String LAYOUT = "1";

    /** Room for every release in both eras. */
    private static final int TEMPLATES_KEPT = 12;

    private static final int MIGRATED_KEPT = 8;
    private static final String SECRET = "secret";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Puts a fresh cluster into a run's folder; the first one is made, later ones are copies. */
    Password fresh(Run run, ServerBinaries binaries) throws IOException, CouldNotRunException {
        Store store = templates();
        String name = name(binaries);
        return store.locked(() -> {
            Optional<FolderCopy> cached = store.entry(name);
            FolderCopy content = cached.isPresent() ? cached.get() : store.put(name, folder -> make(binaries, folder));
            store.prune(TEMPLATES_KEPT);
            return copy(content, run);
        });
    }

    /** Puts a migrated cluster into a run's folder, if there is one. */
    Optional<Password> migrated(Run run, ServerBinaries binaries, String key) throws IOException, CouldNotRunException {
        Store store = migrated();
        return store.locked(() -> {
            Optional<FolderCopy> cached = store.entry(name(binaries, key));
            return cached.isPresent() ? Optional.of(copy(cached.get(), run)) : Optional.<Password>empty();
        });
    }

    /** Keeps the data of a server that was stopped cleanly. */
    void keep(Run run, ServerBinaries binaries, String key, Password password)
            throws IOException, CouldNotRunException {
        Store store = migrated();
        store.locked(() -> {
            FolderCopy kept = store.put(name(binaries, key), folder -> save(run, password, folder));
            store.prune(MIGRATED_KEPT);
            return kept;
        });
    }

    /** Forgets what does not work. */
    void discard(ServerBinaries binaries, Optional<String> key) throws IOException, CouldNotRunException {
        Store store = key.isPresent() ? migrated() : templates();
        String name = key.isPresent() ? name(binaries, key.get()) : name(binaries);
        store.locked(() -> {
            store.discard(name);
            return name;
        });
    }

    private Store templates() {
        return new Store(cacheFolder.resolve("templates"));
    }

    private Store migrated() {
        return new Store(cacheFolder.resolve("migrated"));
    }

    private String name(ServerBinaries binaries) {
        return binaries.identity() + "-" + LAYOUT + "-" + platform.hash();
    }

    private String name(ServerBinaries binaries, String key) {
        return name(binaries) + "-" + PlatformSql.hash(key);
    }

    private static Password copy(FolderCopy content, Run run) throws IOException {
        content.to(run.folder().folder());
        if (run.account().uid().isPresent()) {
            FolderCopy.of(run.folder().data()).give(run.account().uid().getAsInt());
        }
        Path secret = run.folder().folder().resolve(SECRET);
        Password password = new Password(Files.readString(secret));
        Files.delete(secret);
        return password;
    }

    private static void save(Run run, Password password, Path folder) throws IOException {
        FolderCopy.of(run.folder().data()).to(folder.resolve("data"));
        PrivateFolders.write(folder.resolve(SECRET), password.value());
    }

    private void make(ServerBinaries binaries, Path folder) throws IOException, CouldNotRunException {
        log.accept("Preparing PostgreSQL " + binaries.version() + " as a Supabase stand-in (once)");
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        Password password = new Password(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        try (Run run = Run.begin()) {
            run.initialise(binaries, major, EmbeddedEngine.SUPERUSER, password.value());
            Path configuration = run.folder().data().resolve("postgresql.conf");
            Files.writeString(configuration, Files.readString(configuration) + platform.settings());
            Files.writeString(run.folder().data().resolve("pg_hba.conf"), platform.access());
            int port = run.serve(binaries);
            try (Connection connection = connect(port, password)) {
                for (String message : platform.messages()) {
                    try (Statement statement = connection.createStatement()) {
                        statement.setEscapeProcessing(false);
                        statement.execute(message);
                    }
                }
                for (String role : List.of(EmbeddedEngine.MIGRATIONS, EmbeddedEngine.AUTHENTICATOR)) {
                    // the driver sends the verifier, so the password is in no log of the server
                    connection
                            .unwrap(PGConnection.class)
                            .alterUserPassword(role, password.value().toCharArray(), "scram-sha-256");
                }
            } catch (SQLException e) {
                throw new CouldNotRunException(
                        "Could not make a PostgreSQL " + binaries.version() + " into a Supabase stand-in: "
                                + e.getMessage() + "\nThis is a defect of the plugin; please report it.",
                        e);
            }
            run.stop();
            save(run, password, folder);
        }
    }

    private static Connection connect(int port, Password password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", EmbeddedEngine.SUPERUSER);
        properties.setProperty("password", password.value());
        // simple: a text of many statements goes to the server as the one message it is written to be
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        Connection connection = new Driver()
                .connect(
                        "jdbc:postgresql://" + EmbeddedEngine.HOST + ":" + port + "/" + EmbeddedEngine.DATABASE,
                        properties);
        if (connection == null) {
            throw new SQLException("the driver does not know its own URL");
        }
        return connection;
    }
}
