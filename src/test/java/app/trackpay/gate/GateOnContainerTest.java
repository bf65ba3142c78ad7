package app.trackpay.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Applier;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.Outcome;
import app.trackpay.apply.Rehearsal;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.health.Summary;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.GrantEra;
import app.trackpay.database.StandIn;
import app.trackpay.database.container.ContainerEngine;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.probe.Probe;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The reference set rehearsed in a container: applied once, healthy, broken, and named; and on an image that is a platform already. */
@TestMethodOrder(OrderAnnotation.class)
class GateOnContainerTest {

    private static final String IMAGE = "postgres:15";
    private static final List<String> LOG = new ArrayList<>();

    @TempDir
    static Path folder;

    private static ContainerEngine engine;
    private static Rehearsal rehearsal;

    @BeforeAll
    static void aContainer() throws Exception {
        boolean answers = DockerClientFactory.instance().isDockerAvailable();
        if ("required".equals(System.getenv("TRACKPAY_CONTAINERS"))) {
            assertThat(answers).as("a container engine answers").isTrue();
        }
        assumeTrue(answers, "no container engine answers on this machine");
        ReferenceSet.write(folder.resolve("plan"));
        engine = new ContainerEngine(IMAGE, LOG::add);
        assertThat(engine.target().product()).isEqualTo("PostgreSQL (container postgres:15)");
        rehearsal = Rehearsal.empty(engine, GrantEra.NEW);
    }

    @AfterAll
    static void stop() {
        if (rehearsal != null) {
            rehearsal.close();
        }
    }

    @Test
    @Order(1)
    void thePlanIsAppliedAndASecondRunHasNothingToDo() throws Exception {
        assertThat(engine.target().product()).matches("PostgreSQL 15\\.\\d+ \\(container postgres:15\\)");
        assertThat(apply(rehearsal))
                .isInstanceOfSatisfying(
                        Outcome.Applied.class,
                        applied -> assertThat(applied.line()).isEqualTo("Applied 10 steps."));
        assertThat(apply(rehearsal))
                .isInstanceOfSatisfying(
                        Outcome.Applied.class,
                        applied -> assertThat(applied.ran()).isEmpty());
        assertThat(ask("SELECT CURRENT_USER || ' ' || rolsuper FROM pg_roles WHERE rolname = CURRENT_USER"))
                .isEqualTo("postgres false");
        assertThat(ask("SHOW shared_preload_libraries")).isEqualTo("pg_stat_statements");
    }

    @Test
    @Order(2)
    void itIsHealthyAndEveryCountIsExact() throws Exception {
        assertThat(findings(rehearsal)).isEmpty();
        assertThat(Summary.of(plan(), catalog(rehearsal))).isNotEmpty().allMatch(Summary.Row::isOk);
        assertThat(Probe.of(rehearsal, plan(), catalog(rehearsal), false, List.of())
                        .findings())
                .isEmpty();
    }

    @Test
    @Order(3)
    void whatIsBrokenByHandIsNamed() throws Exception {
        ask("ALTER PUBLICATION supabase_realtime DROP TABLE public.trackpay_payments");
        assertThat(findings(rehearsal))
                .extracting(Finding::check, Finding::object)
                .contains(tuple(
                        "missing-publication-table", "publication supabase_realtime of public.trackpay_payments"));
    }

    @Test
    @Order(4)
    void anImageThatIsAPlatformAlreadyIsRecognisedByWhatItHolds() throws Exception {
        String image = projectImage();
        try {
            ContainerEngine project = new ContainerEngine(image, LOG::add);
            try (Rehearsal own = Rehearsal.empty(project, GrantEra.NEW)) {
                assertThat(LOG).contains(image + " is a Supabase platform already: it is taken as it is");
                assertThat(apply(own)).isInstanceOf(Outcome.Applied.class);
                assertThat(findings(own)).isEmpty();
                // the image's own, and the era that was asked for in place of its own
                try (Connection connection = own.connect()) {
                    assertThat(ask(connection, "SELECT count(*) FROM extensions.made_by_the_image"))
                            .isEqualTo("0");
                    assertThat(ask(
                                    connection,
                                    "SELECT count(*) FROM pg_default_acl, aclexplode(defaclacl)"
                                            + " WHERE grantee = 'anon'::regrole"))
                            .isEqualTo("0");
                }
            }
        } finally {
            DockerClientFactory.instance()
                    .client()
                    .removeImageCmd(resolved(image))
                    .exec();
        }
    }

    @Test
    @Order(5)
    void whatIsNoImageIsNamed() {
        assertThatThrownBy(() -> new ContainerEngine("no image at all", line -> {})
                        .start(GrantEra.NEW)
                        .close())
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("No container of no image at all could be started")
                .hasMessageContaining("Check trackpay.image");
    }

    @Test
    @Order(6)
    void nothingIsLeftRunning() {
        rehearsal.close();
        assertThat(DockerClientFactory.instance().client().listContainersCmd().exec())
                .noneMatch(c -> c.getPorts() != null
                        && List.of(c.getPorts()).stream()
                                .anyMatch(p -> p.getPublicPort() != null
                                        && p.getPublicPort()
                                                == rehearsal.target().port()));
    }

    /** An image made of a container in which somebody set the platform up, its data and its command of its own included. */
    private static String projectImage() throws Exception {
        try (PostgreSQLContainer made = new PostgreSQLContainer(IMAGE)
                .withUsername("supabase_admin")
                .withDatabaseName("postgres")
                // a folder that is no volume, so that the image keeps it
                .withEnv("PGDATA", "/project")
                .withCommand("postgres", "-c", "shared_preload_libraries=pg_stat_statements", "-c", "fsync=on")) {
            made.start();
            try (Connection connection = DriverManager.getConnection(
                    made.getJdbcUrl() + "&preferQueryMode=simple", made.getUsername(), made.getPassword())) {
                StandIn.makeRoles(connection);
                StandIn.makeDatabase(connection, false);
                StandIn.grant(connection, GrantEra.OLD);
                ask(connection, "CREATE TABLE extensions.made_by_the_image ()");
                // its data is there before anybody could give it a password
                ask(connection, "COPY (SELECT 'host all all all trust') TO '/project/pg_hba.conf'");
                ask(connection, "CHECKPOINT");
            }
            DockerClientFactory.instance()
                    .client()
                    .stopContainerCmd(made.getContainerId())
                    .exec();
            String[] name = resolved("trackpay-project:1").split(":");
            DockerClientFactory.instance()
                    .client()
                    .commitCmd(made.getContainerId())
                    .withRepository(name[0])
                    .withTag(name[1])
                    .exec();
        }
        return "trackpay-project:1";
    }

    /** As the engine knows it, where a prefix stands for a registry. */
    private static String resolved(String image) {
        String prefix = System.getenv().getOrDefault("TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX", "");
        return prefix + image;
    }

    private static Outcome apply(Rehearsal database) throws Exception {
        return new Applier(database, ApplyOptions.standard("test"), new ApplyListener() {}).apply(plan());
    }

    private static List<Finding> findings(Rehearsal database) throws Exception {
        return Judge.judge(plan(), catalog(database), Checks.health(), LocalDate.now())
                .findings();
    }

    private static Catalog catalog(Rehearsal database) throws Exception {
        return CatalogReader.read(database, CatalogScope.USER_SCHEMAS);
    }

    private static Plan plan() throws Exception {
        return PlanReader.read(folder.resolve("plan"));
    }

    private static String ask(String sql) throws Exception {
        try (Connection connection = rehearsal.connect()) {
            return ask(connection, sql);
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                rows.next();
                return rows.getString(1);
            }
            return "";
        }
    }
}
