package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyCountTest extends CheckTest {

    PolicyCountTest() {
        super(new PolicyCount());
    }

    private static final String OPEN =
            "CREATE POLICY everybody ON trackpay_users FOR SELECT TO authenticated USING (true)";

    private static final String COUNT = "SELECT count(*) FROM trackpay_users";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("one too many", OPEN).after(Keys.ROWS).proof(Callers.STRANGER, COUNT, "2"),
                Case.guilty(
                                "one missing",
                                "DROP POLICY tp_users_select_self ON trackpay_users",
                                "DROP POLICY tp_users_select_party ON trackpay_users")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "0"),
                Case.guilty("one missing and one too many", "DROP POLICY tp_users_select_self ON trackpay_users", OPEN)
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "2"),
                Case.innocent("those of the plan", Keys.ROWS).proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent("one that was dropped again", OPEN, "DROP POLICY everybody ON trackpay_users")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "one outside of the scope",
                                "CREATE TABLE public.other AS SELECT 1 AS id",
                                "ALTER TABLE other ENABLE ROW LEVEL SECURITY",
                                "GRANT SELECT ON other TO anon",
                                "CREATE POLICY p ON other USING (true)")
                        .proof(Callers.VISITOR, "SELECT count(*) FROM other", "1"),
                Case.innocent("what a policy says", "ALTER POLICY tp_users_select_self ON trackpay_users USING (false)")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "0"));
    }

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
    void policiesOnThePlatformsTablesDoNotCount() {
        innocent("CREATE POLICY p ON storage.objects USING (false)");
    }
}
