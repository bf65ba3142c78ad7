package app.trackpay.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Credentials;
import app.trackpay.database.GrantEra;
import app.trackpay.database.Password;
import app.trackpay.database.PostgresRelease;
import app.trackpay.database.TestArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedEngineTest {

    private static final Path CACHE = Path.of("target/postgres-cache");

    @TempDir
    private static Path spoilt;

    private final List<String> log = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void everyMajorVersionStartsAsASupabaseStandIn(int major) throws CouldNotRunException, SQLException {
        try (EmbeddedServer server = engine(major, CACHE).start(GrantEra.NEW)) {
            assertThat(server.version()).isEqualTo(PostgresRelease.of(major).display());
            assertThat(RehearsalProcess.ask(server, "SELECT current_setting('server_version')"))
                    .startsWith(server.version());
            assertThat(RehearsalProcess.ask(server, "SELECT current_user || ' ' || current_setting('is_superuser')"))
                    .isEqualTo("postgres off");
            assertThat(RehearsalProcess.ask(server, server.superuser(), "SELECT current_setting('is_superuser')"))
                    .isEqualTo("on");
            assertThat(RehearsalProcess.ask(server, server.authenticator(), "SELECT current_user::text"))
                    .isEqualTo("authenticator");
            assertThat(RehearsalProcess.ask(server, "SELECT count(*) >= 0 FROM extensions.pg_stat_statements"))
                    .isEqualTo("t");
            assertThat(RehearsalProcess.ask(server, "SELECT current_setting('wal_level')"))
                    .isEqualTo("logical");
        }
    }

    @Test
    void theErasDifferInWhatApiRolesAreGranted() throws CouldNotRunException, SQLException {
        for (GrantEra era : GrantEra.values()) {
            try (EmbeddedServer server = engine(17, CACHE).start(era)) {
                run(server, "CREATE TABLE public.granted (id integer)");
                assertThat(RehearsalProcess.ask(
                                server, "SELECT has_table_privilege('anon', 'public.granted', 'SELECT')"))
                        .isEqualTo(era == GrantEra.OLD ? "t" : "f");
            }
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() throws CouldNotRunException {
        try (EmbeddedServer server = engine(17, CACHE).start(GrantEra.NEW)) {
            for (String user : List.of("postgres", "supabase_admin", "authenticator", "supabase_auth_admin")) {
                assertThatThrownBy(() ->
                                RehearsalProcess.ask(server, new Credentials(user, new Password("wrong")), "SELECT 1"))
                        .hasMessageContaining("password authentication failed");
            }
            assertThat(server.migrations().toString()).isEqualTo("Credentials[user=postgres, password=***]");
        }
    }

    @Test
    void theCacheIsTheUsersOwn() throws CouldNotRunException, IOException {
        Path cache = spoilt.resolve("private");
        try (EmbeddedServer server = engine(17, cache).start(GrantEra.NEW);
                Stream<Path> files = Files.walk(cache)) {
            assertThat(server.port()).isPositive();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                    .isEqualTo("rwx------");
            assertThat(files.filter(file -> file.endsWith("secret")))
                    .hasSize(1)
                    .allSatisfy(
                            secret -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void aMigratedClusterIsStartedAgainUnderItsKeyOnly() throws CouldNotRunException, SQLException {
        String key = "plan-" + System.nanoTime();
        assertThat(engine(17, CACHE).startMigrated(GrantEra.NEW, key)).isEmpty();
        try (EmbeddedServer server = engine(17, CACHE).start(GrantEra.NEW)) {
            run(server, "CREATE TABLE public.migrated AS SELECT 42 AS answer");
            server.keepOnClose(key);
        }

        try (EmbeddedServer again =
                engine(17, CACHE).startMigrated(GrantEra.NEW, key).orElseThrow()) {
            assertThat(RehearsalProcess.ask(again, "SELECT answer FROM public.migrated"))
                    .isEqualTo("42");
            run(again, "UPDATE public.migrated SET answer = 0");
        }
        try (EmbeddedServer third =
                engine(17, CACHE).startMigrated(GrantEra.NEW, key).orElseThrow()) {
            assertThat(RehearsalProcess.ask(third, "SELECT answer FROM public.migrated"))
                    .as("a rehearsal that was not kept changes nothing")
                    .isEqualTo("42");
        }
        assertThat(engine(17, CACHE).startMigrated(GrantEra.NEW, key + "-changed"))
                .isEmpty();
        assertThat(engine(17, CACHE).startMigrated(GrantEra.OLD, key)).isEmpty();
        try (EmbeddedServer fresh = engine(17, CACHE).start(GrantEra.NEW)) {
            assertThat(RehearsalProcess.ask(fresh, "SELECT to_regclass('public.migrated')"))
                    .isEqualTo("null");
        }
    }

    @Test
    void aClosedServerLeavesNothing() throws CouldNotRunException, IOException {
        Set<Path> before = runFolders();
        EmbeddedServer server = engine(17, CACHE).start(GrantEra.NEW);
        assertThat(runFolders()).hasSize(before.size() + 1);

        server.close();
        server.close();

        assertThat(runFolders()).isEqualTo(before);
        assertThatThrownBy(() -> RehearsalProcess.ask(server, "SELECT 1")).hasMessageContaining("refused");
    }

    @Test
    void aServerThatDoesNotStartSaysWhyItself() throws CouldNotRunException, IOException {
        engine(17, CACHE).start(GrantEra.NEW).close();
        Clusters clusters = new Clusters(PlatformSql.of(GrantEra.NEW), 17, CACHE.toAbsolutePath(), log::add);
        try (Run run = Run.begin()) {
            ServerBinaries binaries = new Servers(
                            PostgresRelease.of(17), TestArchives.ARCHIVES, CACHE.toAbsolutePath(), log::add)
                    .get(run.account());
            clusters.fresh(run, binaries);
            Files.writeString(run.folder().data().resolve("postgresql.conf"), "no_such_setting = 1");

            assertThatThrownBy(() -> run.serve(binaries)).hasMessageContaining("\"no_such_setting\"");
        }
    }

    @Test
    void twoServersOfOneBuildDoNotMeet() throws CouldNotRunException, SQLException {
        try (EmbeddedServer one = engine(17, CACHE).start(GrantEra.NEW);
                EmbeddedServer two = engine(17, CACHE).start(GrantEra.NEW)) {
            assertThat(one.port()).isNotEqualTo(two.port());
            assertThat(RehearsalProcess.ask(one, "SELECT inet_server_port()")).isEqualTo(Integer.toString(one.port()));
            assertThat(RehearsalProcess.ask(two, "SELECT inet_server_port()")).isEqualTo(Integer.toString(two.port()));
        }
    }

    @Test
    void aCacheEntryThatLostAFileIsMadeAnew() throws CouldNotRunException, IOException, SQLException {
        engine(17, spoilt).start(GrantEra.NEW).close();
        Files.delete(find(spoilt.resolve("templates"), "pg_control"));
        Files.delete(find(spoilt.resolve("servers"), "pgcrypto.control"));
        log.clear();

        try (EmbeddedServer server = engine(17, spoilt).start(GrantEra.NEW)) {
            assertThat(RehearsalProcess.ask(server, "SELECT 1")).isEqualTo("1");
        }
        assertThat(log).anyMatch(line -> line.startsWith("Unpacking")).anyMatch(line -> line.startsWith("Preparing"));
    }

    @Test
    void aCacheEntryWithDamagedBytesIsMadeAnew() throws CouldNotRunException, IOException, SQLException {
        engine(17, spoilt).start(GrantEra.NEW).close();
        Path control = find(spoilt.resolve("templates"), "pg_control");
        Files.write(control, new byte[(int) Files.size(control)]);
        log.clear();

        try (EmbeddedServer server = engine(17, spoilt).start(GrantEra.NEW)) {
            assertThat(RehearsalProcess.ask(server, "SELECT 1")).isEqualTo("1");
        }
        assertThat(log).first().asString().contains("making it anew");
    }

    @Test
    void withoutTheArchiveAnInstalledServerIsUsed(@TempDir Path cache) throws CouldNotRunException, SQLException {
        assumeThat(Path.of("/usr/lib/postgresql/15/bin/initdb"))
                .as("PostgreSQL 15 of the distribution")
                .exists();
        BinaryArchives offline = (artifactId, version) -> {
            throw new CouldNotRunException(artifactId + " cannot be resolved offline");
        };

        try (EmbeddedServer server =
                new EmbeddedEngine(PostgresRelease.of(15), offline, cache, log::add).start(GrantEra.NEW)) {
            assertThat(RehearsalProcess.ask(server, "SELECT current_setting('server_version')"))
                    .startsWith(server.version());
        }
        assertThat(log).contains("Using the PostgreSQL 15 installed in /usr/lib/postgresql/15/bin instead");
    }

    @Test
    void withoutTheArchiveAndAnInstalledServerTheReasonIsTold(@TempDir Path cache) {
        assumeThat(Path.of("/usr/lib/postgresql/18")).doesNotExist();
        BinaryArchives offline = (artifactId, version) -> {
            throw new CouldNotRunException(artifactId + " cannot be resolved offline");
        };

        assertThatThrownBy(
                        () -> new EmbeddedEngine(PostgresRelease.of(18), offline, cache, log::add).start(GrantEra.NEW))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageEndingWith("cannot be resolved offline");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedWithAWayOut(@TempDir Path folder) throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("cache"), "a file");

        assertThatThrownBy(() -> engine(17, notAFolder).start(GrantEra.NEW))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining(notAFolder.toString())
                .hasMessageContaining("set TRACKPAY_CACHE");
    }

    private EmbeddedEngine engine(int major, Path cache) throws CouldNotRunException {
        return new EmbeddedEngine(PostgresRelease.of(major), TestArchives.ARCHIVES, cache, log::add);
    }

    private static void run(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(),
                        server.migrations().user(),
                        server.migrations().password().value());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Set<Path> runFolders() throws IOException {
        Set<Path> found = new HashSet<>();
        for (Path root : List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")))) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> folders = Files.list(root)) {
                    folders.filter(folder -> folder.getFileName()
                                    .toString()
                                    .matches("trackpay-.*-?"
                                            + ProcessHandle.current().pid() + "-\\w+"))
                            .forEach(found::add);
                }
            }
        }
        return found;
    }

    private static Path find(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            Optional<Path> found = files.filter(file -> file.endsWith(name)).findFirst();
            return found.orElseThrow();
        }
    }
}
