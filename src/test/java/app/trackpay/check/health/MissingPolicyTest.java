package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedPolicy;
import org.junit.jupiter.api.Test;

final class MissingPolicyTest extends CheckTest {

    MissingPolicyTest() {
        super(new MissingPolicy());
    }

    private static final String DROP = "DROP POLICY tp_payments_select_party ON trackpay_payments";

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
    void thePolicyOnAnotherTableIsNotThePolicy() {
        guilty(DROP, "CREATE POLICY tp_payments_select_party ON trackpay_sessions USING (false)");
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

    @Test
    void theStepMakesItAgain() {
        repairedByItsStep(DROP);
    }

    @Test
    void policiesNobodyDeclaredAreNotMissing() {
        innocent("CREATE POLICY more ON trackpay_payments USING (false)");
    }

    @Test
    void aMissingTableSpeaksForItsPolicies() {
        innocent("DROP TABLE trackpay_payments CASCADE");
    }

    @Test
    void lettersInUpperCaseWithoutQuotesMakeTheSamePolicy() {
        innocent(DROP, "CREATE POLICY TP_Payments_Select_Party ON trackpay_payments USING (false)");
    }
}
