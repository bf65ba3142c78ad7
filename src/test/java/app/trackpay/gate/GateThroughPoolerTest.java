package app.trackpay.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Acceptance;
import app.trackpay.apply.Adoption;
import app.trackpay.apply.Applier;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.ApplyStatus;
import app.trackpay.apply.Gate;
import app.trackpay.apply.Outcome;
import app.trackpay.apply.Trial;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Checks;
import app.trackpay.check.Judge;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.Database;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.PgBouncer;
import app.trackpay.database.TestPostgres;
import app.trackpay.manifest.Manifest;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.probe.Observation;
import app.trackpay.probe.Probe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reads works through a transaction pooler, and leaves nothing in the sessions it borrowed; what changes says where to go instead. */
final class GateThroughPoolerTest {

    private static final TestPostgres.Database DATABASE = TestPostgres.fresh();
    private static PgBouncer pooler;
    private static Plan plan;

    @TempDir
    static Path folder;

    @BeforeAll
    static void aDatabaseWithThePlanBehindAPooler() throws Exception {
        pooler = PgBouncer.before(DATABASE, "transaction");
        ReferenceSet.write(folder.resolve("plan"));
        plan = PlanReader.read(folder.resolve("plan"));
        assertThat(apply(DATABASE.jdbcUrl())).isInstanceOf(Outcome.Applied.class);
        try (Connection connection = DriverManager.getConnection(
                        DATABASE.jdbcUrl() + "?preferQueryMode=simple",
                        DATABASE.migrations().user(),
                        DATABASE.migrations().password().value());
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(Files.readString(plan.fixtures().orElseThrow()));
        }
    }

    @AfterAll
    static void close() throws Exception {
        if (pooler != null) {
            pooler.close();
        }
        DATABASE.close();
    }

    @Test
    void whatReadsSeesTheSameAsWithoutIt() throws Exception {
        try (LiveDatabase direct = open(DATABASE.jdbcUrl());
                LiveDatabase pooled = open(pooler.url(DATABASE))) {
            assertThat(pooled.target().server()).isEqualTo(direct.target().server());
            assertThat(pooled.inRecovery()).isFalse();
            Catalog catalog = CatalogReader.readWithExpressions(pooled, CatalogScope.USER_SCHEMAS);
            assertThat(Judge.judge(plan, catalog, Checks.health(), LocalDate.now())
                            .findings())
                    .isEmpty();
            assertThat(Manifest.of(CatalogReader.read(pooled, Manifest.scope(plan)), plan))
                    .isEqualTo(Manifest.of(CatalogReader.read(direct, Manifest.scope(plan)), plan));
            assertThat(ApplyStatus.read(plan, pooled).units())
                    .isNotEmpty()
                    .noneMatch(entry -> entry.state().word().equals("pending"))
                    .hasSameSizeAs(ApplyStatus.read(plan, direct).units());
        }
    }

    @Test
    void theProbeTriesTheSameRowsAndTakesItAllBack() throws Exception {
        try (LiveDatabase direct = open(DATABASE.jdbcUrl());
                LiveDatabase pooled = open(pooler.url(DATABASE))) {
            Catalog catalog = CatalogReader.read(pooled, CatalogScope.USER_SCHEMAS);
            for (boolean writes : List.of(false, true)) {
                Observation seen = Probe.of(pooled, plan, catalog, writes, List.of());
                assertThat(seen.findings()).isEmpty();
                assertThat(seen.tries())
                        .isPositive()
                        .isEqualTo(Probe.of(direct, plan, catalog, writes, List.of())
                                .tries());
            }
        }
    }

    @Test
    void borrowedSessionsAreGivenBackAsTheyWere() throws Exception {
        try (LiveDatabase pooled = open(pooler.url(DATABASE))) {
            Catalog catalog = CatalogReader.read(pooled, CatalogScope.USER_SCHEMAS);
            Probe.of(pooled, plan, catalog, true, List.of());
            ApplyStatus.read(plan, pooled);
        }
        String url = pooler.url(DATABASE).replaceFirst("postgresql://.*@", "jdbc:postgresql://")
                + "?preferQueryMode=simple&assumeMinServerVersion=14";
        try (Connection stranger = DriverManager.getConnection(
                        url,
                        DATABASE.migrations().user(),
                        DATABASE.migrations().password().value());
                Statement statement = stranger.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name, setting FROM pg_catalog.pg_settings"
                                + " WHERE source = 'session' AND name NOT IN ('application_name', 'role', 'session_authorization')"
                                + " UNION ALL SELECT 'role', current_user::text WHERE current_user <> 'postgres'"
                                + " UNION ALL SELECT 'claims', pg_catalog.current_setting('request.jwt.claims')"
                                + " WHERE pg_catalog.current_setting('request.jwt.claims', true) <> ''"
                                + " UNION ALL SELECT 'lock', objid::text FROM pg_catalog.pg_locks WHERE locktype = 'advisory'"
                                + " AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())")) {
            List<String> left = new ArrayList<>();
            while (rows.next()) {
                left.add(rows.getString(1) + " = " + rows.getString(2));
            }
            // what any client's greeting sets, and the pooler keeps in step
            left.removeIf(line -> line.matches("(client_encoding|DateStyle|TimeZone) = .*"));
            assertThat(left).isEmpty();
        }
    }

    @Test
    void applyRefusesBeforeItChangesAnything() throws Exception {
        try (TestPostgres.Database empty = TestPostgres.fresh()) {
            assertThatThrownBy(() -> apply(pooler.url(empty)))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("/" + empty.name() + " is a transaction pooler")
                    .hasMessageContaining("Use the server's own address")
                    .hasMessageContaining("Nothing was changed");
            try (Connection connection = empty.asMigrations();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = 'trackpay_history'")) {
                rows.next();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }

    @Test
    void whatWritesTheHistoryRefusesAsWell() throws Exception {
        try (LiveDatabase pooled = open(pooler.url(DATABASE));
                LiveDatabase direct = open(DATABASE.jdbcUrl())) {
            ApplyOptions options = ApplyOptions.standard("test");
            List<?> before = ApplyStatus.read(plan, direct).units();
            for (ThrowingCallable writer : List.<ThrowingCallable>of(
                    () -> new Adoption(pooled, options, new ApplyListener() {}).adopt(plan, false),
                    () -> new Adoption(pooled, options, new ApplyListener() {}).adopt(plan, true),
                    () -> new Acceptance(pooled, options, new ApplyListener() {})
                            .accept(plan, "3.7", "a comment", false),
                    () -> new Applier(pooled, options, new ApplyListener() {}).apply(plan, new Never()))) {
                assertThatThrownBy(writer)
                        .isInstanceOf(CouldNotRunException.class)
                        .hasMessageContaining("/" + DATABASE.name() + " is a transaction pooler")
                        .hasMessageContaining("Use the server's own address")
                        .hasMessageContaining("Nothing was changed");
            }
            assertThat(ApplyStatus.read(plan, direct).units()).isEqualTo(before);
        }
    }

    /** The nearest innocent: a session pooler lends its sessions for good. */
    @Test
    void whatWritesTheHistoryWorksThroughASessionPooler() throws Exception {
        try (PgBouncer sessions = PgBouncer.before(DATABASE, "session");
                LiveDatabase pooled = open(sessions.url(DATABASE))) {
            ApplyOptions options = ApplyOptions.standard("test");
            assertThat(new Adoption(pooled, options, new ApplyListener() {})
                            .adopt(plan, false)
                            .findings())
                    .isEmpty();
            assertThatThrownBy(() -> new Acceptance(pooled, options, new ApplyListener() {})
                            .accept(plan, "3.7", "a comment", false))
                    .hasMessageContaining("is applied, not changed");
        }
    }

    /** A gate that nothing comes to. */
    private static final class Never implements Gate {

        @Override
        public boolean isDryRun() {
            return true;
        }

        @Override
        public void before(Database inside) {
            throw new AssertionError("the run began");
        }

        @Override
        public boolean opens(Database inside, Trial trial) {
            throw new AssertionError("the run ended");
        }
    }

    @Test
    void itIsFoundWhileOthersUseItToo() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread other = new Thread(() -> keepAsking(done));
            other.start();
            others.add(other);
        }
        try (LiveDatabase pooled = open(pooler.url(DATABASE))) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(pooled::requireSessions).hasMessageContaining("is a transaction pooler");
            }
        } finally {
            done.set(true);
            for (Thread other : others) {
                other.join();
            }
        }
    }

    @Test
    void aPoolerThatTakesTurnsIsFoundToo() throws Exception {
        try (PgBouncer turns =
                        PgBouncer.before(DATABASE, "transaction", "server_round_robin = 1", "min_pool_size = 3");
                LiveDatabase pooled = open(turns.url(DATABASE))) {
            assertThatThrownBy(pooled::requireSessions).hasMessageContaining("is a transaction pooler");
        }
    }

    @Test
    void aSessionPoolerIsAsGoodAsTheServer() throws Exception {
        try (TestPostgres.Database empty = TestPostgres.fresh();
                PgBouncer sessions = PgBouncer.before(empty, "session")) {
            assertThat(apply(sessions.url(empty))).isInstanceOf(Outcome.Applied.class);
            try (LiveDatabase pooled = open(sessions.url(empty))) {
                pooled.requireSessions();
            }
        }
    }

    @Test
    void optionsThatItDoesNotPassOnAreNamed() {
        assertThatThrownBy(() -> open(pooler.url(DATABASE) + "?options=-c%20work_mem%3D7MB"))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("the pooler there does not pass on options. Take it out of the URL");
    }

    private static void keepAsking(AtomicBoolean done) {
        String url = pooler.url(DATABASE).replaceFirst("postgresql://.*@", "jdbc:postgresql://")
                + "?preferQueryMode=simple&assumeMinServerVersion=14";
        try (Connection connection = DriverManager.getConnection(
                        url,
                        DATABASE.migrations().user(),
                        DATABASE.migrations().password().value());
                Statement statement = connection.createStatement()) {
            while (!done.get()) {
                statement.execute("SELECT 1");
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outcome apply(String url) throws Exception {
        try (LiveDatabase database = open(url)) {
            return new Applier(database, ApplyOptions.standard("test"), new ApplyListener() {}).apply(plan);
        }
    }

    private static LiveDatabase open(String url) throws CouldNotRunException {
        return LiveDatabase.open(
                DatabaseUrl.parse(url),
                new Login(
                        DATABASE.migrations().user(),
                        Optional.of(DATABASE.migrations().password()),
                        "password from a test"));
    }
}
