package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
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

    /** Oneself and one's parties are two policies, as the plan has them. */
    @Override
    protected List<String> inTheReferenceSet() {
        return List.of("table public.trackpay_users for SELECT by authenticated");
    }

    private static Case oneIsEnough(String name, String... statements) {
        return Case.guilty(name, statements)
                .after(Keys.ROWS)
                .proof(Callers.STRANGER, "SELECT count(*) FROM trackpay_payments", "1");
    }

    private static Case oneIsAsked(String name, String... statements) {
        return Case.innocent(name, statements)
                .after(Keys.ROWS)
                .proof(Callers.STRANGER, "SELECT count(*) FROM trackpay_payments", "0");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                oneIsEnough("a second policy for the command", SECOND),
                oneIsEnough(
                        "a policy for every command",
                        "CREATE POLICY second ON trackpay_payments TO authenticated USING (amount < 100)"),
                oneIsEnough("a policy for everybody", SECOND.replace("TO authenticated ", "")),
                oneIsAsked("a restrictive policy is no second way", SECOND.replace("FOR", "AS RESTRICTIVE FOR")),
                oneIsAsked("a policy for another role", SECOND.replace("authenticated", "service_role")),
                oneIsAsked(
                        "policies for a command that the role may not use",
                        "CREATE POLICY third ON trackpay_payments FOR DELETE TO authenticated USING (true)",
                        "CREATE POLICY fourth ON trackpay_payments FOR DELETE TO authenticated USING (true)"));
    }

    @Test
    void namesTheRoleTheCommandAndThePolicies() {
        Finding finding = guilty(SECOND);

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.object()).isEqualTo("table public.trackpay_payments for SELECT by authenticated");
        assertThat(finding.message()).contains("second, tp_payments_select_party");
    }

    @Test
    void aPolicyForAllAddsToEachCommandThatTheRoleMayUse() {
        assertThat(findings("CREATE POLICY second ON trackpay_payments TO authenticated USING (false)"))
                .hasSize(3);
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
