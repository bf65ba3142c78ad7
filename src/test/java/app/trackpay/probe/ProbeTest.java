package app.trackpay.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.check.Finding;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.check.Severity;
import app.trackpay.check.rls.WrongIdentity;
import app.trackpay.database.GrantEra;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference set, broken in one place: the probe names the persona, the table and the command, and nothing else. */
final class ProbeTest {

    private static final ReferenceDatabase DATABASE = ReferenceDatabase.on(17, GrantEra.NEW);

    /** The reference plan with some of its personas: the fewer, the faster. */
    private static Plan plan(String... personas) {
        Plan plan = DATABASE.plan();
        List<String> kept = personas.length == 0
                ? plan.personas().stream().map(Persona::name).toList()
                : Arrays.asList(personas);
        return with(
                plan,
                plan.personas().stream().filter(p -> kept.contains(p.name())).toList(),
                plan.fixtures());
    }

    static Plan with(Plan plan, List<Persona> personas, java.util.Optional<Path> fixtures) {
        return new Plan(
                plan.directory(),
                plan.file(),
                plan.scope(),
                plan.steps(),
                plan.financial(),
                plan.identity(),
                personas,
                plan.access(),
                plan.assumed(),
                plan.protectedColumns(),
                plan.calls(),
                plan.suppressions(),
                fixtures);
    }

    private static Observation probe(Plan plan, String... statements) {
        try (Trial trial = DATABASE.trialAsPostgres().run(statements)) {
            Catalog catalog = trial.catalog();
            List<Finding> stored = new WrongIdentity().findings(plan, catalog).toList();
            Observation seen = Probe.run(trial.connection(), plan, catalog, stored);
            // what shows a finding can be run, one statement after the other
            seen.findings().forEach(f -> assertThat(f.shows()).isPresent());
            return seen;
        } catch (CouldNotRunException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> keys(Observation seen) {
        return seen.findings().stream().map(Finding::key).toList();
    }

    private static Finding only(Observation seen) {
        assertThat(keys(seen)).hasSize(1);
        return seen.findings().get(0);
    }

    private static String words(Observation seen, String table, Command command, String persona) {
        return seen.cells().stream()
                .filter(c -> c.table().name().equals(table)
                        && c.command() == command
                        && c.persona().name().equals(persona))
                .findFirst()
                .orElseThrow()
                .words();
    }

    @Test
    void aTableOpenToVisitorsLeaksItsRows() {
        Observation seen = probe(
                plan("provider", "anon"),
                "GRANT SELECT ON trackpay_payments TO anon",
                "CREATE POLICY leak ON trackpay_payments FOR SELECT TO anon USING (true)");

        Finding finding = only(seen);
        assertThat(finding.key()).isEqualTo("rows-leaked|table public.trackpay_payments for anon");
        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.message())
                .contains(
                        "anon sees 4 rows",
                        "e0000000-0000-4000-8000-000000000001; e0000000-0000-4000-8000-000000000002; ",
                        "and 1 more",
                        "opened by leak");
        assertThat(finding.repair()).contains("DROP POLICY leak ON public.trackpay_payments;");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.7");
        assertThat(words(seen, "trackpay_payments", Command.SELECT, "anon")).isEqualTo("none \u2192 all!");
        assertThat(words(seen, "trackpay_payments", Command.SELECT, "provider")).isEqualTo("own");
    }

    @Test
    void aTableWithoutRowLevelSecurityIsOpenToWhoeverIsLoggedIn() {
        Observation seen =
                probe(plan("stranger"), "ALTER TABLE trackpay_relationship_audit DISABLE ROW LEVEL SECURITY");

        Finding finding = only(seen);
        assertThat(finding.check()).isEqualTo("rows-leaked");
        assertThat(finding.message()).contains("row level security is off");
        assertThat(finding.repair().orElseThrow()).contains("ENABLE ROW LEVEL SECURITY");
    }

    @Test
    void aDroppedPolicyHidesRowsAndWhatIsWrittenToThem() {
        Observation seen = probe(plan("client"), "DROP POLICY tp_sessions_select_party ON trackpay_sessions");

        Finding finding = only(seen);
        assertThat(finding.key()).isEqualTo("rows-hidden|table public.trackpay_sessions for client");
        assertThat(finding.message()).contains("client does not see 6 rows", "no policy lets authenticated select");
        assertThat(words(seen, "trackpay_sessions", Command.SELECT, "client")).isEqualTo("own \u2192 none!");
        assertThat(keys(probe(plan("provider"), "DROP POLICY tp_sessions_select_party ON trackpay_sessions")))
                .contains(
                        "rows-hidden|table public.trackpay_sessions for provider",
                        "write-denied|table public.trackpay_sessions for provider, insert",
                        "write-denied|table public.trackpay_sessions for provider, update");
    }

    /** The plan's forbidden pattern: the login's id where the application's is held. */
    @Test
    void theWrongIdHidesEveryRow() {
        Observation seen = probe(
                plan("provider"),
                "ALTER POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit"
                        + " USING (provider_id = auth.uid())");

        assertThat(keys(seen))
                .containsExactlyInAnyOrder(
                        "rows-hidden|table public.trackpay_relationship_audit for provider",
                        // the policy for new relationships looks into the audit
                        "write-denied|table public.trackpay_relationships for provider, insert");
        String policy = "policy public.trackpay_relationship_audit.tp_relationship_audit_select_provider";
        assertThat(seen.findings()).allSatisfy(finding -> {
            assertThat(finding.message()).endsWith("; " + policy + " compares ids of different kinds (wrong-identity)");
            assertThat(finding.fix())
                    .isEqualTo("compare with (SELECT public.current_trackpay_user_id()), in " + policy);
            assertThat(finding.repair().orElseThrow())
                    .startsWith("ALTER POLICY tp_relationship_audit_select_provider ON");
            assertThat(finding.cause()).contains(policy);
        });
    }

    @Test
    void aRestrictivePolicyWithTheWrongIdIsNamedToo() {
        Finding finding = only(
                probe(
                        plan("client"),
                        "CREATE POLICY narrow ON trackpay_requests AS RESTRICTIVE FOR SELECT TO authenticated USING (client_id = auth.uid())"));

        assertThat(finding.key()).isEqualTo("rows-hidden|table public.trackpay_requests for client");
        assertThat(finding.message())
                .contains("policy public.trackpay_requests.narrow compares ids of different kinds");
        assertThat(finding.repair().orElseThrow()).startsWith("ALTER POLICY narrow ON public.trackpay_requests USING");
    }

    /** The policy has a fault of its own, and this is none of its doing. */
    @Test
    void aMissingPolicyOrPrivilegeIsNotBlamedOnAnother() {
        String wrong =
                "CREATE POLICY old ON trackpay_payments FOR SELECT TO authenticated USING (client_id = auth.uid())";
        assertThat(probe(plan("provider"), wrong, "DROP POLICY tp_payments_update_provider ON trackpay_payments")
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("write-denied");
                    assertThat(finding.message()).doesNotContain("wrong-identity");
                    assertThat(finding.fix()).contains("give the table a policy");
                });
        assertThat(probe(plan("provider"), wrong, "REVOKE INSERT ON trackpay_payments FROM authenticated")
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).doesNotContain("wrong-identity");
                    assertThat(finding.repair()).contains("GRANT INSERT ON public.trackpay_payments TO authenticated;");
                });
    }

    /** An INSERT that may come in and ends in an error when it is read back does not work. */
    @Test
    void anErrorWhileReadingBackIsAFailureAndNoRefusal() {
        Observation seen = probe(
                plan("newcomer"),
                "ALTER POLICY tp_relationships_select_party ON trackpay_relationships USING"
                        + " (EXISTS (SELECT 1 FROM trackpay_users u WHERE u.id = client_id))");

        assertThat(seen.findings()).extracting(Finding::check).containsOnly("query-fails");
        assertThat(seen.findings())
                .filteredOn(f -> f.object().equals("table public.trackpay_users"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("INSERT as newcomer"));
    }

    /** It would be its own judge if :me were what it answers. */
    @Test
    void aHelperThatAnswersNothingHidesRows() {
        Observation seen = probe(
                plan("client"),
                "CREATE OR REPLACE FUNCTION public.current_trackpay_user_id() RETURNS uuid LANGUAGE sql STABLE"
                        + " SECURITY DEFINER SET search_path = '' AS 'SELECT NULL::uuid'");

        assertThat(keys(seen))
                .contains(
                        "rows-hidden|table public.trackpay_sessions for client",
                        "write-denied|table public.trackpay_users for client, update");
    }

    @Test
    void aHelperThatNobodyMayCallIsAFailureOfItsTables() {
        Observation seen =
                probe(plan("client"), "REVOKE EXECUTE ON FUNCTION current_trackpay_user_id() FROM authenticated");

        assertThat(keys(seen)).contains("query-fails|table public.trackpay_sessions");
        assertThat(seen.findings())
                .filteredOn(f -> f.check().equals("query-fails"))
                .allSatisfy(f -> assertThat(f.message())
                        .contains("42501", "permission denied for function current_trackpay_user_id"));
    }

    @Test
    void aHelperWithTheCallersRightsRunsOutOfStack() {
        Observation seen =
                probe(plan("client", "stranger"), "ALTER FUNCTION public.current_trackpay_user_id() SECURITY INVOKER");

        assertThat(seen.findings())
                .filteredOn(f -> f.check().equals("query-fails"))
                .anySatisfy(f -> {
                    assertThat(f.message()).contains("54001");
                    assertThat(f.fix()).contains("SECURITY DEFINER");
                });
        // it takes the server seconds: once for a table and role is enough, and the rest is told
        assertThat(seen.findings())
                .filteredOn(f -> f.object().equals("table public.trackpay_sessions"))
                .singleElement()
                .satisfies(f -> assertThat(f.message())
                        .startsWith("SELECT as client ends in 54001, stack depth limit exceeded; ")
                        .contains("INSERT as client, stranger", "was not tried after 54001"));
        assertThat(words(seen, "trackpay_sessions", Command.SELECT, "client")).isEqualTo("own \u2192 54001!");
        assertThat(words(seen, "trackpay_sessions", Command.DELETE, "client")).isEqualTo("none \u2192 not tried!");
        assertThat(seen.notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("a statement ran out of stack (54001)")
                        .contains("public.trackpay_sessions"));
    }

    @Test
    void aLostGrantIsOneFailureOfTheTable() {
        Observation seen = probe(
                plan("provider", "client", "anon"),
                "REVOKE ALL ON trackpay_requests FROM authenticated",
                "REVOKE UPDATE (amount, status, responded_at, updated_at) ON trackpay_requests FROM authenticated");

        Finding finding = only(seen);
        assertThat(finding.key()).isEqualTo("query-fails|table public.trackpay_requests");
        assertThat(finding.message())
                .isEqualTo("SELECT as provider, client, INSERT as provider, UPDATE as provider ends in 42501,"
                        + " permission denied for table trackpay_requests");
        assertThat(words(seen, "trackpay_requests", Command.SELECT, "client")).isEqualTo("own \u2192 42501!");
        assertThat(words(seen, "trackpay_requests", Command.SELECT, "anon")).isEqualTo("none");
    }

    @Test
    void policiesThatLookIntoEachOtherFailForEverybody() {
        Observation seen = probe(
                plan("provider", "newcomer"),
                "ALTER POLICY tp_relationships_select_party ON trackpay_relationships USING (provider_id IN"
                        + " (SELECT u.id FROM public.trackpay_users AS u WHERE u.auth_user_id = auth.uid()))");

        assertThat(keys(seen))
                .contains("query-fails|table public.trackpay_users", "query-fails|table public.trackpay_relationships");
        assertThat(seen.findings())
                .filteredOn(f -> f.check().equals("query-fails"))
                .allSatisfy(f -> assertThat(f.message()).contains("42P17, infinite recursion"));
        assertThat(words(seen, "trackpay_users", Command.SELECT, "newcomer")).endsWith("42P17!");
    }

    @Test
    void aLooseCheckLetsWorkBeSentToStrangers() {
        Observation seen = probe(
                plan("provider"),
                "ALTER POLICY tp_sessions_insert_provider ON trackpay_sessions WITH CHECK"
                        + " (provider_id = (SELECT current_trackpay_user_id()))",
                "ALTER TABLE trackpay_sessions DISABLE TRIGGER USER");

        Finding finding = only(seen);
        assertThat(finding.key()).isEqualTo("write-allowed|table public.trackpay_sessions for provider, insert");
        assertThat(finding.message()).contains("with client_id = own", "opened by tp_sessions_insert_provider");
    }

    @Test
    void aLooseCheckLetsARowBeGivenAway() {
        Observation seen = probe(
                plan("provider"),
                "ALTER POLICY tp_payments_update_provider ON trackpay_payments WITH CHECK (true)",
                "ALTER POLICY tp_payments_select_party ON trackpay_payments USING (true)",
                "GRANT UPDATE (provider_id) ON trackpay_payments TO authenticated");

        assertThat(seen.findings())
                .filteredOn(f -> f.key().equals("write-allowed|table public.trackpay_payments for provider, update"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("with provider_id = somebody else's"));
    }

    @Test
    void deletesThatThePlanDoesNotKnowAreNamed() {
        Observation seen = probe(
                plan("client"),
                "GRANT DELETE ON trackpay_payments TO authenticated",
                "CREATE POLICY old ON trackpay_payments USING (true)");

        assertThat(keys(seen))
                .contains(
                        "write-allowed|table public.trackpay_payments for client, delete",
                        "rows-leaked|table public.trackpay_payments for client");
        assertThat(words(seen, "trackpay_payments", Command.DELETE, "client")).isEqualTo("none \u2192 all!");
    }

    /** Only SELECT is bound to the caller, and a statement without a condition does not ask for it. */
    @Test
    void anUpdateWithoutAConditionReachesRowsThatCannotBeSeen() {
        Observation seen = probe(
                plan("client"), "CREATE POLICY wide ON trackpay_payments FOR UPDATE TO authenticated USING (true)");

        Finding finding = only(seen);
        assertThat(finding.key()).isEqualTo("write-allowed|table public.trackpay_payments for client, update");
        assertThat(finding.message()).contains("4 rows");
    }

    /** Forbidden by constraints alone: none of the rows can go, and still the policies said yes. */
    @Test
    void aDeleteThatOnlyAForeignKeyStopsIsAllowed() {
        Observation seen = probe(
                plan("client"),
                "GRANT DELETE ON trackpay_users TO authenticated",
                "CREATE POLICY wide ON trackpay_users FOR DELETE TO authenticated USING (true)");

        assertThat(keys(seen)).containsExactly("write-allowed|table public.trackpay_users for client, delete");
    }

    @Test
    void aRoleThatCanBeChangedIsProved() {
        Observation seen = probe(plan("client", "stranger"), "GRANT UPDATE (role) ON trackpay_users TO authenticated");

        Finding finding = only(seen);
        assertThat(finding.key()).isEqualTo("column-escalation|table public.trackpay_users for authenticated");
        assertThat(finding.message()).contains("client, stranger changed role");
    }

    @Test
    void aTriggerThatPutsTheRoleBackIsGoodEnough() {
        assertThat(keys(probe(
                        plan("client"),
                        "GRANT UPDATE (role) ON trackpay_users TO authenticated",
                        "CREATE FUNCTION public.keep_role() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN NEW.role := OLD.role; RETURN NEW; END'",
                        "CREATE TRIGGER keep_role BEFORE UPDATE ON trackpay_users FOR EACH ROW"
                                + " EXECUTE FUNCTION public.keep_role()")))
                .isEmpty();
    }

    @Test
    void aCallThatEndsOtherwiseIsNamed() {
        Observation seen =
                probe(plan("anon"), "GRANT EXECUTE ON FUNCTION delete_client_relationship_safely(uuid) TO anon");

        Finding finding = only(seen);
        assertThat(finding.object())
                .isEqualTo("function public.delete_client_relationship_safely(uuid) for anon with"
                        + " b0000000-0000-4000-8000-000000000003");
        assertThat(finding.message()).contains("must fail with 42501 and fails with P0001, Not authenticated");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.4");
    }

    @Test
    void theSameConnectionGivesTheSameAnswerTwiceAndKeepsNothing() throws Exception {
        try (Trial trial = DATABASE.trialAsPostgres()) {
            String before = state(trial);
            Observation first = Probe.run(trial.connection(), plan(), trial.catalog(), List.of());
            Observation second = Probe.run(trial.connection(), plan(), trial.catalog(), List.of());

            assertThat(second).isEqualTo(first);
            assertThat(state(trial)).isEqualTo(before);
        }
    }

    private static String state(Trial trial) {
        return trial.catalog()
                + trial.rows(
                        "SELECT current_user, coalesce(current_setting('request.jwt.claims', true), '') = '',"
                                + " current_setting('search_path'), current_setting('statement_timeout'),"
                                + " (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_namespace), (SELECT count(*) FROM auth.users)")
                + DATABASE.plan().tables().stream()
                        .map(d -> trial.rows(
                                "SELECT t::text FROM " + d.what().name().sql() + " AS t ORDER BY 1"))
                        .toList();
    }

    @Test
    void fixturesThatWouldCommitAreRefused() throws Exception {
        Path fixtures = Files.writeString(Files.createTempFile("fixtures", ".sql"), "SELECT 1;\nCOMMIT;\n");
        Plan plan = with(plan("anon"), plan("anon").personas(), java.util.Optional.of(fixtures));
        try (Trial trial = DATABASE.trialAsPostgres()) {
            assertThatThrownBy(() -> Probe.run(trial.connection(), plan, trial.catalog(), List.of()))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("could not be loaded")
                    .hasMessageContaining("COMMIT");
            assertThat(trial.answer("SELECT 'still here'")).isEqualTo("still here");
        }
    }

    @Test
    void aMistakeInTheFixturesIsShownAtItsLine() throws Exception {
        Path fixtures = Files.writeString(
                Files.createTempFile("fixtures", ".sql"),
                "SELECT 1;\nINSERT INTO public.trackpay_nothing VALUES (1);\n");
        Plan plan = with(plan("anon"), plan("anon").personas(), java.util.Optional.of(fixtures));
        try (Trial trial = DATABASE.trialAsPostgres()) {
            assertThatThrownBy(() -> Probe.run(trial.connection(), plan, trial.catalog(), List.of()))
                    .hasMessageStartingWith(fixtures.getFileName() + ":2: ")
                    .hasMessageContaining("trackpay_nothing");
        }
    }

    @Test
    void aConditionThatIsNoSqlCouldNotRun() throws Exception {
        Path folder = Files.createTempDirectory("plan");
        ReferenceSet.write(folder);
        Path file = folder.resolve("trackpay.yaml");
        Files.writeString(file, Files.readString(file).replace("\"auth_user_id = :auth\"", "\"login = :auth\""));
        Plan plan = PlanReader.read(folder);
        try (Trial trial = DATABASE.trialAsPostgres()) {
            assertThatThrownBy(() -> Probe.run(trial.connection(), plan, trial.catalog(), List.of()))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("column \"login\" does not exist");
        }
    }

    /** Rows of others are there, none of hers: that she sees no other is no proof that she sees her own. */
    @Test
    void aPersonaWithoutARowOfItsOwnIsTold() throws Exception {
        Path fewer = Files.createTempDirectory(Path.of("target"), "fixtures").resolve("rls-fixtures.sql");
        Files.writeString(
                fewer,
                Files.readString(DATABASE.plan().fixtures().orElseThrow())
                        + "\nDELETE FROM public.trackpay_payments WHERE client_id = 'b0000000-0000-4000-8000-000000000004';");

        Observation seen = probe(with(DATABASE.plan(), plan("stranger").personas(), java.util.Optional.of(fewer)));

        assertThat(seen.findings()).isEmpty();
        assertThat(seen.notes())
                .singleElement()
                .asString()
                .startsWith("what stranger may do with table public.trackpay_payments was not proved");
    }

    @Test
    void aTableWithoutRowsProvesNothingAndSaysSo() {
        Observation seen = probe(plan("anon"), "CREATE TABLE public.trackpay_more (id int)");

        assertThat(seen.notes()).singleElement().asString().contains("trackpay_more has no row");
    }

    /** Its own reading would be cut by the very policies it is to judge. */
    @Test
    void aLoginThatPoliciesBindCouldNotRun() {
        try (Trial trial = DATABASE.trial()
                .run(
                        "CREATE ROLE probe_bound",
                        "GRANT authenticated, anon TO probe_bound",
                        "GRANT USAGE ON SCHEMA auth TO probe_bound",
                        "GRANT ALL ON ALL TABLES IN SCHEMA public, auth TO probe_bound",
                        "CREATE POLICY p ON auth.users TO probe_bound USING (true)",
                        "SET LOCAL ROLE probe_bound")) {
            Plan without = with(plan("anon"), plan("anon").personas(), java.util.Optional.empty());

            assertThatThrownBy(() -> Probe.run(trial.connection(), without, trial.catalog(), List.of()))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("Connect as a role that no policy binds");
            assertThatThrownBy(() -> Probe.sample(trial.connection(), without, trial.catalog(), false, List.of()))
                    .isInstanceOf(CouldNotRunException.class)
                    .hasMessageContaining("Connect as a role that no policy binds");
        }
    }
}
