package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.check.Severity;
import app.trackpay.database.GrantEra;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Circles through functions with the caller's rights; what each case really does, the server says as the client of the fixtures. */
final class FunctionCircleTest {

    private static final ReferenceDatabase DATABASE = ReferenceDatabase.on(17, GrantEra.NEW);
    private static final String CLIENT = "SELECT set_config('request.jwt.claims',"
            + " '{\"role\": \"authenticated\", \"sub\": \"a0000000-0000-4000-8000-000000000003\"}', true); SET LOCAL ROLE authenticated";
    private static final String OVERFLOW = "54001";
    private static final String FINE = "00000";

    private static final String DROP = "DROP POLICY tp_payments_select_party ON trackpay_payments";
    private static final String PAYS =
            "CREATE FUNCTION public.pays(who uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = ''"
                    + " AS $$ SELECT EXISTS (SELECT 1 FROM public.trackpay_payments AS p WHERE p.client_id = who) $$";
    private static final String ASKS =
            "CREATE POLICY p ON trackpay_payments FOR SELECT TO authenticated USING (public.pays(client_id))";

    private static List<Finding> findings(String state, String... statements) throws Exception {
        try (Trial trial = DATABASE.trialAsPostgres()) {
            trial.run(Files.readString(DATABASE.plan().fixtures().orElseThrow()))
                    .run(statements);
            List<Finding> findings = new PolicyRecursion()
                    .findings(DATABASE.plan(), trial.catalog())
                    .toList();
            assertThat(trial.run(CLIENT).stateOf("SELECT * FROM trackpay_payments"))
                    .isEqualTo(state);
            return findings;
        }
    }

    @Test
    void aFunctionThatReadsThePolicysOwnTable() throws Exception {
        Finding finding = findings(OVERFLOW, DROP, PAYS, ASKS).get(0);

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("policy public.trackpay_payments.p");
        assertThat(finding.message())
                .contains("public.trackpay_payments → public.trackpay_payments", "public.pays(uuid)", OVERFLOW);
        assertThat(finding.repair()).contains("ALTER FUNCTION public.pays(uuid) SECURITY DEFINER;");
        assertThat(findings(FINE, DROP, PAYS, ASKS, finding.repair().orElseThrow()))
                .isEmpty();
    }

    @Test
    void aParsedBodyAndASubSelectAreSeenThrough() throws Exception {
        String parsed =
                "CREATE FUNCTION public.mine() RETURNS uuid LANGUAGE sql STABLE SET search_path = '' BEGIN ATOMIC"
                        + " SELECT p.client_id FROM public.trackpay_payments AS p LIMIT 1; END";

        assertThat(
                        findings(
                                OVERFLOW,
                                DROP,
                                parsed,
                                "CREATE POLICY p ON trackpay_payments FOR SELECT TO authenticated USING (client_id = (SELECT public.mine()))"))
                .hasSize(1);
    }

    @Test
    void aCircleOfTwoTablesThroughPlpgsql() throws Exception {
        assertThat(
                        findings(
                                OVERFLOW,
                                DROP,
                                "DROP POLICY tp_requests_select_party ON trackpay_requests",
                                "CREATE FUNCTION public.asked(who uuid) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = '' AS"
                                        + " $$ BEGIN RETURN EXISTS (SELECT 1 FROM public.trackpay_requests AS r WHERE r.client_id = who); END $$",
                                PAYS,
                                "CREATE POLICY p ON trackpay_payments FOR SELECT TO authenticated USING (public.asked(client_id))",
                                "CREATE POLICY r ON trackpay_requests FOR SELECT TO authenticated USING (public.pays(client_id))"))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("public.asked(uuid), public.pays(uuid)"));
    }

    @Test
    void aFunctionThatReadsAnotherTableIsFine() throws Exception {
        assertThat(findings(FINE, DROP, PAYS.replace("trackpay_payments", "trackpay_sessions"), ASKS))
                .isEmpty();
    }

    /** The rows that it reads are the caller's own, which the first half lets through before the second is asked. */
    @Test
    void behindAnOrItMayNeverBeAsked() throws Exception {
        assertThat(findings(
                        FINE,
                        DROP,
                        PAYS,
                        "CREATE POLICY p ON trackpay_payments FOR SELECT TO authenticated USING"
                                + " (client_id = (SELECT public.current_trackpay_user_id())"
                                + " OR public.pays((SELECT public.current_trackpay_user_id())))"))
                .isEmpty();
    }

    @Test
    void aNameInATextOrACommentIsNoRead() throws Exception {
        assertThat(findings(
                        FINE,
                        DROP,
                        "CREATE FUNCTION public.pays(who uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = '' AS $$"
                                + " /* FROM public.trackpay_payments */ SELECT 'from public.trackpay_payments' <> who::text $$",
                        ASKS))
                .isEmpty();
    }
}
