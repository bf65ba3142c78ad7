package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingPolicyTest extends CheckTest {

    MissingPolicyTest() {
        super(new MissingPolicy());
    }

    private static final String DROP = "DROP POLICY tp_payments_select_party ON trackpay_payments";

    private static final String COUNT = "SELECT count(*) FROM trackpay_payments";
    private static final String OWN = " ON trackpay_payments FOR SELECT TO authenticated"
            + " USING (provider_id = (SELECT current_trackpay_user_id()))";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("no policy to read by", DROP).after(Keys.ROWS).proof(Callers.PROVIDER, COUNT, "0"),
                Case.guilty("no policy to write by", "DROP POLICY tp_payments_update_provider ON trackpay_payments")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, "UPDATE trackpay_payments SET notes = 'x' RETURNING notes", ""),
                Case.guilty(
                                "the policy on another table",
                                DROP,
                                "CREATE POLICY tp_payments_select_party" + OWN.replace("payments", "sessions"))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "0"),
                Case.guilty(
                                "no policy at all",
                                "DROP POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit")
                        .after(Keys.ROWS)
                        .after(
                                "INSERT INTO trackpay_relationship_audit (provider_id, client_id, action) VALUES"
                                        + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002', 'deleted')")
                        .proof(Callers.PROVIDER, "SELECT count(*) FROM trackpay_relationship_audit", "0"),
                Case.innocent("the policies of the plan", Keys.ROWS).proof(Callers.PROVIDER, COUNT, "1"),
                Case.innocent(
                                "the policy in upper case without quotes",
                                DROP,
                                "CREATE POLICY TP_Payments_Select_Party" + OWN)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "1"),
                Case.innocent("one more policy", "CREATE POLICY more ON trackpay_payments USING (false)")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "1"),
                Case.innocent("a missing table speaks for its policies", "DROP TABLE trackpay_payments CASCADE")
                        .proof(COUNT, "42P01"));
    }

    @Test
    void namesThePolicyItsStepAndWhatIsThere() {
        Finding finding = guilty(DROP);

        assertThat(finding.object()).isEqualTo("policy public.trackpay_payments.tp_payments_select_party");
        assertThat(finding.fix())
                .isEqualTo("run step 3.7 (020_rls_policies.sql), or mend that file where running it did not help");
        assertThat(finding.message()).contains("tp_payments_insert_provider, tp_payments_update_provider");
    }

    @Test
    void aRenamedPolicyIsMissing() {
        guilty("ALTER POLICY tp_payments_select_party ON trackpay_payments RENAME TO payments_select");
    }

    @Test
    void aNameInQuotesIsAnotherName() {
        guilty("ALTER POLICY tp_payments_select_party ON trackpay_payments RENAME TO \"TP_payments_select_party\"");
    }

    @Test
    void aPolicyOnAPlatformsTableIsLookedForThere() {
        Plan plan = Plans.with(plan(), new ProvidedPolicy(new QualifiedName("storage", "objects"), "Own files"));
        String create = "CREATE POLICY \"Own files\" ON %s FOR SELECT TO authenticated USING (false)";

        assertThat(findings(plan)).extracting(Finding::object).containsExactly("policy storage.objects.Own files");
        assertThat(findings(plan, "SET LOCAL ROLE postgres", create.formatted("storage.buckets"), "RESET ROLE"))
                .hasSize(1);
        assertThat(findings(plan, "SET LOCAL ROLE postgres", create.formatted("storage.objects"), "RESET ROLE"))
                .isEmpty();
    }
}
