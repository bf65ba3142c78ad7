package app.trackpay.probe;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Finding;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * What shows a finding of the probe, pasted as it is into a fresh session of the owner, shows what is wrong and takes itself back; after the
 * repair it shows something else. Each case is committed, and the steps, run again, take it back.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ShownTest {

    private static final String EXECUTE =
            "GRANT EXECUTE ON FUNCTION public.current_trackpay_user_id() TO authenticated";
    private static final String BROKEN = "CREATE FUNCTION public.broken() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN PERFORM 1 / 0; RETURN NEW; END'";
    private static final String CIRCLE = "CREATE POLICY q ON trackpay_relationships FOR SELECT TO authenticated USING"
            + " (EXISTS (SELECT FROM public.trackpay_users u WHERE u.id = provider_id))";

    /**
     * A database, what the persona gets in it when the script is run, and what it gets after the repair.
     *
     * @param shown part of what is seen before the repair and not after it, or, after a {@code !}, the other way round
     * @param repair where the finding carries none and its step is not the repair
     */
    record Guilty(String check, String persona, String shown, String repair, String... statements) {
        @Override
        public String toString() {
            return check + " for " + persona + ": " + String.join("; ", statements);
        }
    }

    /**
     * A database that looks like a guilty one, and what the persona rightly gets in it.
     *
     * @param tried as the persona
     * @param answer part of what it answers or the SQLSTATE it ends in, or, after a {@code !}, what it does not answer
     */
    record Innocent(String check, String persona, String tried, String answer, String... statements) {
        @Override
        public String toString() {
            return check + " for " + persona + ": " + String.join("; ", statements);
        }
    }

    static Stream<Guilty> guilty() {
        return Stream.of(
                new Guilty(
                        "rows-leaked",
                        "anon",
                        "e0000000-0000-4000-8000-000000000001",
                        "",
                        "GRANT SELECT ON trackpay_payments TO anon",
                        "CREATE POLICY leak ON trackpay_payments FOR SELECT TO anon USING (true)"),
                new Guilty(
                        "rows-leaked",
                        "stranger",
                        "30000000-0000-4000-8000-000000000001",
                        "",
                        "ALTER TABLE trackpay_relationship_audit DISABLE ROW LEVEL SECURITY"),
                new Guilty(
                        "rows-leaked",
                        "stranger",
                        "d0000000-0000-4000-8000-000000000001",
                        "",
                        "CREATE POLICY leak ON trackpay_sessions FOR SELECT USING (status = 'active')"),
                new Guilty(
                        "rows-hidden",
                        "client",
                        "!d0000000-0000-4000-8000-000000000001",
                        "",
                        "DROP POLICY tp_sessions_select_party ON trackpay_sessions"),
                new Guilty(
                        "rows-hidden",
                        "provider",
                        "!30000000-0000-4000-8000-000000000001",
                        "",
                        "ALTER POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit"
                                + " USING (provider_id = auth.uid())"),
                new Guilty(
                        "rows-hidden",
                        "client",
                        "!e0000000-0000-4000-8000-000000000001",
                        "",
                        "CREATE POLICY less ON trackpay_payments AS RESTRICTIVE FOR SELECT USING (amount < 100)"),
                new Guilty(
                        "write-allowed",
                        "client",
                        "6 written",
                        "",
                        "CREATE POLICY more ON trackpay_sessions FOR UPDATE TO authenticated USING (true)"),
                new Guilty(
                        "write-allowed",
                        "provider",
                        "e0000000-0000-4000-8000-000000000001",
                        "",
                        "GRANT DELETE ON trackpay_payments TO authenticated",
                        "CREATE POLICY more ON trackpay_payments FOR DELETE TO authenticated USING (true)"),
                new Guilty(
                        "write-allowed",
                        "stranger",
                        "|more|",
                        "",
                        "CREATE POLICY more ON trackpay_activities FOR INSERT TO authenticated WITH CHECK (true)"),
                new Guilty(
                        "write-denied",
                        "provider",
                        "!2 written",
                        "",
                        "DROP POLICY tp_payments_update_provider ON trackpay_payments"),
                new Guilty(
                        "write-denied",
                        "provider",
                        "!tp_payments_insert_provider",
                        "",
                        "DROP POLICY tp_payments_insert_provider ON trackpay_payments"),
                new Guilty(
                        "write-denied",
                        "provider",
                        "f|tp_payments_insert_provider",
                        "",
                        "REVOKE INSERT ON trackpay_payments FROM authenticated"),
                new Guilty(
                        "query-fails",
                        "client",
                        "42501",
                        EXECUTE,
                        "REVOKE EXECUTE ON FUNCTION current_trackpay_user_id() FROM authenticated"),
                new Guilty("query-fails", "client", "42501", "", "REVOKE ALL ON trackpay_requests FROM authenticated"),
                new Guilty(
                        "query-fails",
                        "provider",
                        "22012",
                        "DROP FUNCTION public.broken() CASCADE",
                        BROKEN,
                        "CREATE TRIGGER broken BEFORE UPDATE ON trackpay_payments FOR EACH ROW EXECUTE FUNCTION public.broken()"),
                new Guilty("query-fails", "client", "42P17", "", CIRCLE),
                new Guilty(
                        "rpc-result", "provider", "42883", "", "DROP FUNCTION delete_client_relationship_safely(uuid)"),
                new Guilty(
                        "rpc-result",
                        "anon",
                        "!42501",
                        "",
                        "GRANT EXECUTE ON FUNCTION current_trackpay_user_id() TO anon"),
                new Guilty(
                        "rpc-result",
                        "client",
                        "a0000000-0000-4000-8000-000000000003",
                        "",
                        "CREATE OR REPLACE FUNCTION public.trackpay_add_client(p_name text, p_email text DEFAULT NULL,"
                                + " p_phone text DEFAULT NULL, p_hourly_rate numeric DEFAULT NULL) RETURNS uuid LANGUAGE sql"
                                + " SECURITY DEFINER SET search_path = '' AS 'SELECT auth.uid()'"));
    }

    static Stream<Innocent> innocent() {
        return Stream.of(
                new Innocent(
                        "rows-leaked",
                        "anon",
                        "SELECT * FROM public.trackpay_payments",
                        "!e0000000-0000-4000-8000-000000000001",
                        "GRANT SELECT ON trackpay_payments TO anon"),
                new Innocent(
                        "rows-leaked",
                        "anon",
                        "SELECT * FROM public.trackpay_payments",
                        "!e0000000-0000-4000-8000-000000000001",
                        "GRANT SELECT ON trackpay_payments TO anon",
                        "CREATE POLICY more ON trackpay_payments FOR SELECT TO service_role USING (true)"),
                new Innocent(
                        "rows-leaked",
                        "stranger",
                        "SELECT * FROM public.trackpay_sessions",
                        "!d0000000-0000-4000-8000-000000000001",
                        "CREATE POLICY more ON trackpay_sessions FOR SELECT TO authenticated"
                                + " USING (client_id = (SELECT current_trackpay_user_id()))"),
                new Innocent(
                        "rows-hidden",
                        "client",
                        "SELECT * FROM public.trackpay_payments",
                        "e0000000-0000-4000-8000-000000000001",
                        "CREATE POLICY all_of_them ON trackpay_payments AS RESTRICTIVE FOR SELECT USING (amount > 0)"),
                new Innocent(
                        "rows-hidden",
                        "client",
                        "SELECT * FROM public.trackpay_payments",
                        "e0000000-0000-4000-8000-000000000001",
                        "ALTER TABLE trackpay_payments FORCE ROW LEVEL SECURITY"),
                new Innocent(
                        "rows-hidden",
                        "provider",
                        "SELECT * FROM public.trackpay_relationship_audit",
                        "30000000-0000-4000-8000-000000000001",
                        "ALTER POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit USING (EXISTS"
                                + " (SELECT FROM public.trackpay_users u WHERE u.id = provider_id AND u.auth_user_id = auth.uid()))"),
                new Innocent(
                        "write-allowed",
                        "provider",
                        "DELETE FROM public.trackpay_payments RETURNING *",
                        "!e0000000-0000-4000-8000-000000000001",
                        "GRANT DELETE ON trackpay_payments TO authenticated"),
                new Innocent(
                        "write-allowed",
                        "provider",
                        "DELETE FROM public.trackpay_payments RETURNING *",
                        "42501",
                        "CREATE POLICY more ON trackpay_payments FOR DELETE TO authenticated USING (true)"),
                new Innocent(
                        "write-allowed",
                        "client",
                        "UPDATE public.trackpay_sessions SET status = status",
                        "!6 written",
                        "CREATE POLICY more ON trackpay_sessions FOR UPDATE TO authenticated"
                                + " USING (provider_id = (SELECT current_trackpay_user_id()))"),
                new Innocent(
                        "write-denied",
                        "provider",
                        "UPDATE public.trackpay_payments SET amount = amount",
                        "2 written",
                        "ALTER POLICY tp_payments_update_provider ON trackpay_payments"
                                + " USING (provider_id = current_trackpay_user_id())"),
                new Innocent(
                        "write-denied",
                        "client",
                        "SELECT pg_catalog.has_any_column_privilege('public.trackpay_payments', 'INSERT')",
                        "f|",
                        "DROP POLICY tp_payments_update_provider ON trackpay_payments",
                        "REVOKE INSERT ON trackpay_payments FROM authenticated"),
                new Innocent(
                        "write-denied",
                        "provider",
                        "SELECT pg_catalog.has_any_column_privilege('public.trackpay_payments', 'INSERT')",
                        "t|",
                        "CREATE POLICY all_of_them ON trackpay_payments AS RESTRICTIVE FOR INSERT WITH CHECK (amount > 0)"),
                new Innocent("query-fails", "anon", "SELECT * FROM public.trackpay_relationships", "42501", CIRCLE),
                new Innocent(
                        "query-fails",
                        "client",
                        "SELECT 'rows', pg_catalog.count(*) > 0 FROM public.trackpay_relationships",
                        "rows|t|",
                        CIRCLE.replace("authenticated", "service_role")),
                new Innocent(
                        "query-fails",
                        "client",
                        "SELECT 'rows', pg_catalog.count(*) FROM public.trackpay_sessions",
                        "rows|6|",
                        "REVOKE EXECUTE ON FUNCTION current_trackpay_user_id() FROM anon, service_role"),
                new Innocent(
                        "rpc-result",
                        "anon",
                        "SELECT public.current_trackpay_user_id()",
                        "42501",
                        "GRANT EXECUTE ON FUNCTION current_trackpay_user_id() TO service_role"),
                new Innocent(
                        "rpc-result",
                        "provider",
                        "SELECT public.current_trackpay_user_id()",
                        "b0000000-0000-4000-8000-000000000001",
                        "CREATE OR REPLACE FUNCTION public.current_trackpay_user_id() RETURNS uuid LANGUAGE sql STABLE"
                                + " SECURITY DEFINER SET search_path = '' AS"
                                + " 'SELECT id FROM public.trackpay_users WHERE auth_user_id = auth.uid()'"),
                new Innocent(
                        "rpc-result",
                        "anon",
                        "SELECT public.current_trackpay_user_id()",
                        "42501",
                        "DROP POLICY tp_payments_select_party ON trackpay_payments"));
    }

    private final TestPostgres.Database database =
            TestPostgres.of(17, GrantEra.NEW).database();
    private final Plan plan = reference();

    private static Plan reference() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "shown");
            ReferenceSet.write(folder);
            return PlanReader.read(folder);
        } catch (IOException | CouldNotRunException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    void fill() throws Exception {
        for (Step step : plan.steps()) {
            run(Files.readString(step.file()));
        }
        run(Files.readString(plan.fixtures().orElseThrow()));
    }

    /** The steps that make functions, grants and policies make them anew. */
    private void restore() throws Exception {
        script("DROP FUNCTION IF EXISTS public.broken() CASCADE");
        for (Step step : plan.steps()) {
            if (List.of("3.4", "3.6", "3.7").contains(step.id())) {
                run(Files.readString(step.file()));
            }
        }
    }

    @Test
    void everyIdHasThreeCasesOfEach() {
        List<String> ids = Observation.CHECKS.stream()
                .filter(id -> !id.equals("column-escalation"))
                .toList();

        for (String id : ids) {
            assertThat(guilty().filter(c -> c.check().equals(id))).as(id).hasSizeGreaterThanOrEqualTo(3);
            assertThat(innocent().filter(c -> c.check().equals(id))).as(id).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guilty")
    void whatIsWrongIsShownAsItIsWritten(Guilty guilty) throws Exception {
        try {
            run(guilty.statements());
            Finding finding = findings(guilty.check(), guilty.persona()).get(0);
            String shows = finding.shows().orElseThrow();

            String before = script(shows);
            repair(finding, guilty.repair());
            String after = script(shows);

            String part = guilty.shown().replaceFirst("^!", "");
            assertThat(before.contains(part))
                    .as("before: %s", before)
                    .isEqualTo(!guilty.shown().startsWith("!"));
            assertThat(after.contains(part))
                    .as("after: %s", after)
                    .isEqualTo(guilty.shown().startsWith("!"));
            assertThat(findings(guilty.check(), guilty.persona())).isEmpty();
        } finally {
            restore();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("innocent")
    void whatIsRightIsNotNamed(Innocent innocent) throws Exception {
        try {
            run(innocent.statements());

            assertThat(findings(innocent.check(), innocent.persona())).isEmpty();
            String answer = script(Shown.as(persona(innocent.persona()), Optional.empty(), innocent.tried()));
            String part = innocent.answer().replaceFirst("^!", "");
            assertThat(answer.contains(part))
                    .as(answer)
                    .isEqualTo(!innocent.answer().startsWith("!"));
            assertThat(answer.startsWith("!")).as(answer).isEqualTo(part.matches("[0-9A-Z]{5}"));
        } finally {
            script("ALTER TABLE trackpay_payments NO FORCE ROW LEVEL SECURITY");
            restore();
        }
    }

    private Persona persona(String name) {
        return plan.personas().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void repair(Finding finding, String given) throws Exception {
        String own = finding.repair().isPresent()
                ? finding.repair().get()
                : Files.readString(finding.step().orElseThrow().file());
        run(given.isEmpty() ? own : given);
    }

    private void run(String... statements) throws Exception {
        for (String statement : statements) {
            assertThat(script(statement)).as(statement).doesNotStartWith("!");
        }
    }

    private List<Finding> findings(String check, String persona) throws Exception {
        Plan judged = ProbeTest.with(
                plan,
                plan.personas().stream().filter(p -> p.name().equals(persona)).toList(),
                plan.fixtures());
        try (Connection connection = session()) {
            connection.setAutoCommit(false);
            Catalog catalog = CatalogReader.readWithExpressions(connection, CatalogScope.USER_SCHEMAS);
            List<Finding> findings =
                    Probe.run(connection, judged, catalog, List.of()).findings();
            connection.rollback();
            return findings.stream().filter(f -> f.check().equals(check)).toList();
        }
    }

    /** What a script answers in a fresh session of the owner, or, after a {@code !}, the error it ends in. It leaves no transaction open. */
    private String script(String text) throws SQLException {
        try (Connection connection = session();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            StringBuilder rows = new StringBuilder();
            boolean some = statement.execute(text);
            while (some || statement.getUpdateCount() >= 0) {
                if (some) {
                    append(statement.getResultSet(), rows);
                } else {
                    // as psql says UPDATE 6
                    rows.append(statement.getUpdateCount()).append(" written\n");
                }
                some = statement.getMoreResults();
            }
            assertThat(connection.unwrap(BaseConnection.class).getTransactionState())
                    .isEqualTo(TransactionState.IDLE);
            return rows.toString();
        } catch (SQLException e) {
            return "!" + e.getSQLState() + " " + e.getMessage();
        }
    }

    private static void append(ResultSet set, StringBuilder rows) throws SQLException {
        while (set.next()) {
            for (int i = 1; i <= set.getMetaData().getColumnCount(); i++) {
                rows.append(set.getString(i)).append('|');
            }
            rows.append('\n');
        }
    }

    private Connection session() throws SQLException {
        var login = database.migrations();
        return DriverManager.getConnection(
                database.jdbcUrl() + "?preferQueryMode=simple",
                login.user(),
                login.password().value());
    }
}
