package app.trackpay.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.Rehearsal;
import app.trackpay.apply.RehearsalFailedException;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Checks;
import app.trackpay.check.Judge;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.InstalledPostgres;
import app.trackpay.database.Login;
import app.trackpay.database.scratch.ScratchEngine;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.probe.Observation;
import app.trackpay.probe.Probe;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A plain server that somebody has: a rehearsal makes a database there, and leaves everything else as it was. */
@TestMethodOrder(OrderAnnotation.class)
final class GateOnScratchServerTest {

    private static final String DATABASES = "SELECT datname FROM pg_database ORDER BY 1";

    @TempDir
    static Path folder;

    private static InstalledPostgres server;
    private final List<String> log = new ArrayList<>();

    @BeforeAll
    static void aServerWithOthersOnIt() throws Exception {
        server = InstalledPostgres.start("admin");
        ask(server.url(), "CREATE DATABASE somebodys");
        ReferenceSet.write(folder.resolve("plan"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void thePlanIsProvedThereAndNothingStaysButRoles() throws Exception {
        List<String> before = ask(server.url(), DATABASES);
        Plan plan = PlanReader.read(folder.resolve("plan"));
        ScratchEngine engine = engine(server.url());
        assertThat(engine.target().product()).isEqualTo("PostgreSQL (scratch server " + server.address() + ")");
        try (Rehearsal rehearsal = migrated(engine, plan)) {
            assertThat(engine.target().product())
                    .matches("PostgreSQL \\d+\\.\\d+ \\(scratch server " + server.address() + "\\)");
            assertThat(ask(server.url(), DATABASES)).hasSize(before.size() + 1);
            Catalog catalog = CatalogReader.read(rehearsal, CatalogScope.USER_SCHEMAS);
            assertThat(Judge.judge(plan, catalog, Checks.health(), LocalDate.now())
                            .findings())
                    .isEmpty();
            Observation seen = Probe.of(rehearsal, plan, catalog, false, List.of());
            assertThat(seen.tries()).isPositive();
            assertThat(seen.findings()).isEmpty();
            // every file of the plan ran as the role that a project's migrations run as
            assertThat(ask(rehearsal, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
                    .containsExactly("postgres");
            assertThat(ask(rehearsal, "SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER"))
                    .containsExactly("f");
        }
        assertThat(ask(server.url(), DATABASES)).isEqualTo(before);
        assertThat(log).anyMatch(line -> line.contains("the roles that were missing: postgres, anon, authenticated"));
    }

    @Test
    @Order(2)
    void theNextOneFindsTheRoles() throws Exception {
        List<String> roles = ask(server.url(), "SELECT rolname || rolsuper FROM pg_roles ORDER BY 1");
        try (Rehearsal rehearsal = Rehearsal.empty(engine(server.url()), GrantEra.OLD)) {
            assertThat(ask(rehearsal, "SELECT count(*) FROM pg_default_acl")).containsExactly("3");
        }
        assertThat(log).isEmpty();
        assertThat(ask(server.url(), "SELECT rolname || rolsuper FROM pg_roles ORDER BY 1"))
                .isEqualTo(roles);
    }

    @Test
    @Order(3)
    void aPlanThatFailsLeavesNothing() throws Exception {
        List<String> before = ask(server.url(), DATABASES);
        Files.createDirectories(folder.resolve("failing"));
        Files.writeString(folder.resolve("failing/1_a.sql"), "SET search_path = ''; CREATE TABLE public.a (id int);");
        Files.writeString(folder.resolve("failing/2_b.sql"), "ALTER ROLE admin SET work_mem = '5MB';");
        Plan plan = PlanReader.read(folder.resolve("failing"));
        ScratchEngine engine = engine(server.url());
        // the second file, too, is no superuser's
        assertThatThrownBy(() -> migrated(engine, plan).close())
                .isInstanceOf(RehearsalFailedException.class)
                .hasMessageContaining("2_b.sql");
        assertThat(ask(server.url(), DATABASES)).isEqualTo(before);
        assertThat(ask(
                        server.url(),
                        "SELECT setconfig FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = setrole"
                                + " WHERE rolname = 'admin'"))
                .isEmpty();
    }

    @Test
    @Order(4)
    void whoMayNotBecomePostgresIsToldWhatToGrant() throws Exception {
        ask(server.url(), "CREATE ROLE scratch_maker LOGIN CREATEDB CREATEROLE PASSWORD 'for-this-test'");
        List<String> before = ask(server.url(), DATABASES);
        ScratchEngine engine = engine(maker(server));
        assertThatThrownBy(() -> engine.start(GrantEra.NEW).close())
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining(
                        "as scratch_maker, who is no superuser there: scratch_maker may not become postgres"
                                + " (GRANT postgres TO scratch_maker). Log in as a superuser")
                .message()
                .doesNotContain("for-this-test", "are not there");
        assertThat(ask(server.url(), DATABASES)).isEqualTo(before);
    }

    @Test
    @Order(5)
    void whoMayBecomePostgresNeedsNoSuperuserWhereTheRolesAre() throws Exception {
        ask(server.url(), "GRANT postgres TO scratch_maker");
        ask(server.url(), "ALTER ROLE scratch_maker NOCREATEDB NOCREATEROLE NOINHERIT");
        List<String> before = ask(server.url(), DATABASES);
        List<String> roles = ask(server.url(), "SELECT rolname || rolsuper FROM pg_roles ORDER BY 1");
        Files.createDirectories(folder.resolve("folder"));
        Files.writeString(
                folder.resolve("folder/1_a.sql"),
                "CREATE EXTENSION IF NOT EXISTS pgcrypto;"
                        + " CREATE TABLE public.a (id uuid PRIMARY KEY REFERENCES auth.users (id), owner uuid DEFAULT auth.uid());"
                        + " ALTER TABLE public.a ENABLE ROW LEVEL SECURITY; GRANT SELECT ON public.a TO authenticated;"
                        + " CREATE POLICY own ON public.a FOR SELECT TO authenticated USING (id = (SELECT auth.uid()));"
                        + " CREATE POLICY files ON storage.objects FOR SELECT TO authenticated USING (owner = auth.uid());");
        Plan plan = PlanReader.read(folder.resolve("folder"));
        try (Rehearsal rehearsal = migrated(engine(maker(server)), plan)) {
            Catalog catalog = CatalogReader.read(rehearsal, CatalogScope.USER_SCHEMAS);
            Observation seen = Probe.of(rehearsal, plan, catalog, false, List.of());
            assertThat(seen.tries()).isPositive();
            assertThat(seen.findings()).isEmpty();
            assertThat(ask(rehearsal, "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
                    .containsExactly("postgres");
        }
        assertThat(ask(server.url(), DATABASES)).isEqualTo(before);
        assertThat(ask(server.url(), "SELECT rolname || rolsuper FROM pg_roles ORDER BY 1"))
                .isEqualTo(roles);
        assertThat(log).hasSize(2);
        assertThat(log.get(0)).contains("scratch_maker is no superuser", "goes unnoticed");
        assertThat(log.get(1)).contains("pg_stat_statements is missing there");
    }

    @Test
    @Order(6)
    void aPlanThatFailsLeavesNothingOfPostgresEither() throws Exception {
        List<String> before = ask(server.url(), DATABASES);
        Plan plan = PlanReader.read(folder.resolve("failing"));
        assertThatThrownBy(() -> migrated(engine(maker(server)), plan).close())
                .isInstanceOf(RehearsalFailedException.class)
                .hasMessageContaining("2_b.sql");
        assertThat(ask(server.url(), DATABASES)).isEqualTo(before);
    }

    @Test
    @Order(7)
    void whatAKilledRunLeftIsDroppedAndNothingElse() throws Exception {
        String old = "trackpay_rehearsal_20240101000000_0123abcd";
        String atWork = "trackpay_rehearsal_20240101000000_0123abce";
        String young = "trackpay_rehearsal_"
                + DateTimeFormatter.ofPattern("uuuuMMddHHmmss")
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now().minusSeconds(3600))
                + "_0123abcf";
        String other = "trackpay_rehearsal_20240101000000_mine";
        for (String name : List.of(old, atWork, young, other)) {
            ask(server.url(), "CREATE DATABASE " + name);
        }
        try (Connection busy = connect(server.url().replace("/postgres", "/" + atWork))) {
            engine(server.url()).start(GrantEra.NEW).close();
            assertThat(busy.isValid(5)).isTrue();
        }
        assertThat(ask(server.url(), DATABASES)).doesNotContain(old).contains(atWork, young, other, "somebodys");
        assertThat(log).containsExactly("Dropped " + old + ", left behind by a rehearsal that was killed");
    }

    @Test
    @Order(8)
    void aServerWhosePostgresIsASuperuserSaysSo() throws Exception {
        try (InstalledPostgres usual = InstalledPostgres.start("postgres")) {
            ask(usual.url(), "CREATE ROLE scratch_maker LOGIN CREATEDB PASSWORD 'for-this-test'");
            ScratchEngine engine = engine(maker(usual));
            assertThatThrownBy(() -> engine.start(GrantEra.NEW).close())
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("the roles anon, authenticated, service_role, ")
                    .hasMessageContaining("postgres is a superuser there")
                    .message()
                    .doesNotContain("GRANT");
            engine(usual.url()).start(GrantEra.NEW).close();
            assertThat(log).anyMatch(line -> line.contains("the role postgres is a superuser"));
            assertThat(ask(usual.url(), "SELECT rolsuper FROM pg_roles WHERE rolname = 'postgres'"))
                    .containsExactly("t");
        }
    }

    @Test
    @Order(9)
    void aBuildThatIsStoppedLeavesNothing() throws Exception {
        Process build = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeldOnScratchServer.class.getName(),
                        server.url())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said = build.inputReader()) {
            String made = said.readLine().replace("holding ", "");
            assertThat(ask(server.url(), DATABASES)).contains(made);
            // the JVM answers Ctrl-C and this alike
            build.destroy();
            build.waitFor();
            assertThat(ask(server.url(), DATABASES)).contains("somebodys").doesNotContain(made);
        } finally {
            build.destroyForcibly();
        }
    }

    private Rehearsal migrated(ScratchEngine engine, Plan plan) throws Exception {
        return Rehearsal.migrated(engine, GrantEra.NEW, plan, ApplyOptions.standard("test"), new ApplyListener() {});
    }

    private ScratchEngine engine(String text) throws CouldNotRunException {
        DatabaseUrl url = DatabaseUrl.parse(text);
        return new ScratchEngine(url, Login.choose(url, Optional.empty(), Map.of()), log::add);
    }

    private static String maker(InstalledPostgres server) {
        return server.url().replaceFirst("//[^:]+:[^@]+@", "//scratch_maker:for-this-test@");
    }

    private static List<String> ask(String url, String sql) throws SQLException {
        try (Connection connection = connect(url)) {
            return ask(connection, sql);
        }
    }

    private static List<String> ask(Rehearsal rehearsal, String sql) throws Exception {
        try (Connection connection = rehearsal.connect()) {
            return ask(connection, sql);
        }
    }

    private static List<String> ask(Connection connection, String sql) throws SQLException {
        List<String> answer = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    answer.add(rows.getString(1));
                }
            }
        }
        return answer;
    }

    private static Connection connect(String url) throws SQLException {
        String login = url.replaceFirst("postgresql://(.*)@.*", "$1");
        return DriverManager.getConnection(
                url.replaceFirst("postgresql://.*@", "jdbc:postgresql://"), login.split(":")[0], login.split(":")[1]);
    }
}
