package app.trackpay.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.trackpay.apply.Applier;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.Outcome;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.health.Summary;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The reference set on a PostgreSQL that Testcontainers starts: applied once, healthy, broken, and named. */
@TestMethodOrder(OrderAnnotation.class)
class GateOnContainerTest {

    private static final PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:15")
            .withUsername("supabase_admin")
            .withDatabaseName("postgres")
            .withCommand("postgres", "-c", "shared_preload_libraries=pg_stat_statements", "-c", "wal_level=logical");

    @TempDir
    static Path folder;

    @BeforeAll
    static void aSupabaseStandIn() throws Exception {
        boolean engine = DockerClientFactory.instance().isDockerAvailable();
        if ("required".equals(System.getenv("TRACKPAY_CONTAINERS"))) {
            assertThat(engine).as("a container engine answers").isTrue();
        }
        assumeTrue(engine, "no container engine answers on this machine");
        POSTGRES.start();
        asSuperuser(resource("platform.sql"));
        asSuperuser(resource("grants-new.sql"));
        asSuperuser("ALTER ROLE postgres PASSWORD 'for-this-test'");
        ReferenceSet.write(folder.resolve("plan"));
    }

    @AfterAll
    static void stop() {
        POSTGRES.stop();
    }

    @Test
    @Order(1)
    void thePlanIsAppliedAndASecondRunHasNothingToDo() throws Exception {
        Outcome first = apply();
        assertThat(first)
                .isInstanceOfSatisfying(
                        Outcome.Applied.class,
                        applied -> assertThat(applied.line()).isEqualTo("Applied 10 steps."));
        Outcome second = apply();
        assertThat(second)
                .isInstanceOfSatisfying(
                        Outcome.Applied.class,
                        applied -> assertThat(applied.ran()).isEmpty());
    }

    @Test
    @Order(2)
    void itIsHealthyAndEveryCountIsExact() throws Exception {
        assertThat(findings()).isEmpty();
        assertThat(Summary.of(plan(), catalog())).isNotEmpty().allMatch(Summary.Row::isOk);
    }

    @Test
    @Order(3)
    void whatIsBrokenByHandIsNamed() throws Exception {
        asSuperuser("ALTER PUBLICATION supabase_realtime DROP TABLE public.trackpay_payments");
        assertThat(findings())
                .extracting(Finding::check, Finding::object)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "missing-publication-table", "publication supabase_realtime of public.trackpay_payments"));
    }

    private static Outcome apply() throws Exception {
        return new Applier(database(), ApplyOptions.standard("test"), new ApplyListener() {}).apply(plan());
    }

    private static List<Finding> findings() throws Exception {
        return Judge.judge(plan(), catalog(), Checks.health(), LocalDate.now()).findings();
    }

    private static Catalog catalog() throws Exception {
        return CatalogReader.read(database(), CatalogScope.USER_SCHEMAS);
    }

    private static Plan plan() throws Exception {
        return PlanReader.read(folder.resolve("plan"));
    }

    private static LiveDatabase database() throws Exception {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://postgres:for-this-test@" + POSTGRES.getHost() + ":"
                + POSTGRES.getFirstMappedPort() + "/postgres");
        return LiveDatabase.open(url, Login.choose(url, Optional.empty(), Map.of()));
    }

    private static void asSuperuser(String sql) throws SQLException {
        String url = POSTGRES.getJdbcUrl() + "&preferQueryMode=simple";
        try (Connection connection = DriverManager.getConnection(url, POSTGRES.getUsername(), POSTGRES.getPassword());
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(LiveDatabase.class.getResourceAsStream("platform/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
