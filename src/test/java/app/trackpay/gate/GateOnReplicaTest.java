package app.trackpay.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Applier;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.ApplyStatus;
import app.trackpay.apply.Outcome;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Checks;
import app.trackpay.check.Judge;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.InstalledPostgres;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.manifest.Manifest;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.probe.Observation;
import app.trackpay.probe.Probe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica can be looked at by every goal that reads; what changes says that it is one. */
final class GateOnReplicaTest {

    @TempDir
    static Path folder;

    private static InstalledPostgres primary;
    private static InstalledPostgres replica;
    private static Plan plan;

    @BeforeAll
    static void aPlanOnThePrimary() throws Exception {
        primary = InstalledPostgres.start("postgres");
        replica = primary.replica();
        Files.writeString(folder.resolve("trackpay.yaml"), """
                version: 1
                steps:
                  - id: "1"
                    file: notes.sql
                    provides: { tables: { notes: { owner: uuid } } }
                personas:
                  visitor: { role: replica_visitor }
                access:
                  notes: { visitor: { select: "owner IS NULL" } }
                """);
        Files.writeString(folder.resolve("notes.sql"), """
                CREATE TABLE public.notes (id bigint PRIMARY KEY, owner uuid);
                ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;
                CREATE ROLE replica_visitor NOLOGIN;
                GRANT SELECT ON public.notes TO replica_visitor;
                CREATE POLICY everybodys ON public.notes FOR SELECT TO replica_visitor USING (owner IS NULL);
                INSERT INTO public.notes VALUES (1, NULL), (2, 'a0000000-0000-4000-8000-000000000001');
                """);
        plan = PlanReader.read(folder);
        assertThat(apply(primary.url())).isInstanceOf(Outcome.Applied.class);
        await();
    }

    @AfterAll
    static void stop() throws Exception {
        if (replica != null) {
            replica.close();
        }
        if (primary != null) {
            primary.close();
        }
    }

    @Test
    void whatReadsWorks() throws Exception {
        try (LiveDatabase direct = open(primary.url());
                LiveDatabase copy = open(replica.url())) {
            assertThat(direct.inRecovery()).isFalse();
            assertThat(copy.inRecovery()).isTrue();
            Catalog catalog = CatalogReader.readWithExpressions(copy, CatalogScope.USER_SCHEMAS);
            assertThat(Judge.judge(plan, catalog, Checks.health(), LocalDate.now())
                            .findings())
                    .isEmpty();
            assertThat(Manifest.of(CatalogReader.read(copy, Manifest.scope(plan)), plan))
                    .isEqualTo(Manifest.of(CatalogReader.read(direct, Manifest.scope(plan)), plan));
            assertThat(ApplyStatus.read(plan, copy).units())
                    .hasSize(1)
                    .noneMatch(entry -> entry.state().word().equals("pending"));
        }
    }

    @Test
    void theProbeReadsThere() throws Exception {
        try (LiveDatabase copy = open(replica.url())) {
            Catalog catalog = CatalogReader.read(copy, CatalogScope.USER_SCHEMAS);
            Observation seen = Probe.of(copy, plan, catalog, false, List.of());
            assertThat(seen.tries()).isPositive();
            assertThat(seen.findings()).isEmpty();
        }
    }

    @Test
    void applyRefuses() {
        assertThatThrownBy(() -> apply(replica.url()))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("The server is a read replica")
                .hasMessageContaining("Use the URL of the primary");
    }

    @Test
    void aUrlOfBothFindsTheOneThatIsAskedFor() throws Exception {
        try (LiveDatabase any = open(both());
                LiveDatabase writable = open(both() + "?target_session_attrs=read-write")) {
            assertThat(any.inRecovery()).isTrue();
            assertThat(writable.inRecovery()).isFalse();
        }
        assertThat(apply(both() + "?target_session_attrs=primary"))
                .isInstanceOfSatisfying(
                        Outcome.Applied.class,
                        applied -> assertThat(applied.ran()).isEmpty());
    }

    /** Until what was applied has arrived. */
    private static void await() throws Exception {
        try (LiveDatabase copy = open(replica.url());
                Connection connection = copy.connect();
                Statement statement = connection.createStatement()) {
            for (int tried = 0; tried < 400; tried++) {
                try (ResultSet rows =
                        statement.executeQuery("SELECT pg_catalog.to_regclass('public.notes') IS NOT NULL")) {
                    rows.next();
                    if (rows.getBoolean(1)) {
                        return;
                    }
                }
                Thread.sleep(25);
            }
        }
        throw new IllegalStateException("the replica does not follow");
    }

    /** The replica first, so that a client has to choose. */
    private static String both() {
        return replica.url().replace(replica.address(), replica.address() + "," + primary.address());
    }

    private static Outcome apply(String url) throws Exception {
        try (LiveDatabase database = open(url)) {
            return new Applier(database, ApplyOptions.standard("test"), new ApplyListener() {}).apply(plan);
        }
    }

    private static LiveDatabase open(String text) throws CouldNotRunException {
        DatabaseUrl url = DatabaseUrl.parse(text);
        return LiveDatabase.open(url, Login.choose(url, Optional.empty(), Map.of()));
    }
}
