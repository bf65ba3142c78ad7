package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import org.junit.jupiter.api.Test;

final class PolicyCountTest extends CheckTest {

    PolicyCountTest() {
        super(new PolicyCount());
    }

    private static final String OPEN =
            "CREATE POLICY everybody ON trackpay_users FOR SELECT TO authenticated USING (true)";

    @Test
    void aPolicyThatNoStepProvidesIsUnexpected() {
        Finding finding = guilty(OPEN);

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.message()).contains("1 UNEXPECTED", "public.trackpay_users.everybody");
    }

    @Test
    void oneMissingAndOneTooManyDoNotCancelOut() {
        assertThat(guilty("DROP POLICY tp_users_select_self ON trackpay_users", OPEN)
                        .message())
                .contains("1 MISSING, 1 UNEXPECTED");
    }

    @Test
    void aPolicyOnATableOfTheScopeThatNobodyDeclaredCounts() {
        guilty("CREATE TABLE public.trackpay_more (id int)", "CREATE POLICY p ON trackpay_more USING (false)");
    }

    @Test
    void droppingItClearsIt() {
        innocent(OPEN, "DROP POLICY everybody ON trackpay_users");
    }

    @Test
    void policiesOutsideOfTheScopeDoNotCount() {
        innocent("CREATE TABLE public.other (id int)", "CREATE POLICY p ON other USING (false)");
    }

    @Test
    void policiesOnThePlatformsTablesDoNotCount() {
        innocent("CREATE POLICY p ON storage.objects USING (false)");
    }

    @Test
    void whatAPolicySaysDoesNotCount() {
        innocent("ALTER POLICY tp_users_select_self ON trackpay_users USING (false)");
    }
}
