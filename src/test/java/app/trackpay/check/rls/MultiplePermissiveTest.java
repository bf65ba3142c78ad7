package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MultiplePermissiveTest extends CheckTest {

    MultiplePermissiveTest() {
        super(new MultiplePermissive());
    }

    private static final String SECOND =
            "CREATE POLICY second ON trackpay_payments FOR SELECT TO authenticated USING (amount < 100)";
    private static final String STRANGER = user("a0000000-0000-4000-8000-0000000000ff");

    /** Oneself and one's parties are two policies, as the plan has them. */
    @Override
    protected List<String> inTheReferenceSet() {
        return List.of("table public.trackpay_users for SELECT by authenticated");
    }

    @Test
    void namesTheRoleTheCommandAndThePolicies() {
        Finding finding = guilty(SECOND);

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.object()).isEqualTo("table public.trackpay_payments for SELECT by authenticated");
        assertThat(finding.message()).contains("second, tp_payments_select_party");
        seen("SELECT count(*) FROM trackpay_payments", with(Keys.ROWS, SECOND, STRANGER))
                .isEqualTo("1");
    }

    @Test
    void aPolicyForAllAddsToEachCommandThatTheRoleMayUse() {
        assertThat(findings("CREATE POLICY second ON trackpay_payments TO authenticated USING (false)"))
                .hasSize(3);
    }

    @Test
    void aPolicyForEverybodyAddsToThatOfARole() {
        guilty("CREATE POLICY second ON trackpay_payments FOR UPDATE USING (false)");
    }

    @Test
    void aRestrictivePolicyIsNoSecondWay() {
        String narrow = SECOND.replace("FOR SELECT", "AS RESTRICTIVE FOR SELECT");

        innocent(narrow);
        seen("SELECT count(*) FROM trackpay_payments", with(Keys.ROWS, narrow, STRANGER))
                .isEqualTo("0");
    }

    @Test
    void policiesForOtherRolesAndCommandsDoNotAddUp() {
        innocent(
                SECOND.replace("authenticated", "service_role"),
                "CREATE POLICY third ON trackpay_payments FOR DELETE TO authenticated USING (false)",
                "CREATE POLICY fourth ON trackpay_payments FOR DELETE TO authenticated USING (false)");
    }

    @Test
    void tablesOfOthersDoNotMatter() {
        innocent(
                "CREATE TABLE public.other (id int)",
                "ALTER TABLE public.other ENABLE ROW LEVEL SECURITY",
                "GRANT SELECT ON public.other TO anon",
                "CREATE POLICY one ON public.other USING (true)",
                "CREATE POLICY two ON public.other USING (true)");
    }
}
