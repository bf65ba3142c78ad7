package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnexpectedPolicyTest extends CheckTest {

    UnexpectedPolicyTest() {
        super(new UnexpectedPolicy());
    }

    private static final String EXTRA =
            "CREATE POLICY extra ON trackpay_payments FOR SELECT TO authenticated USING (true)";
    private static final String COUNT = "SELECT count(*) FROM trackpay_payments";
    private static final String STRANGER = user("a0000000-0000-4000-8000-0000000000ff");

    @Test
    void namesThePolicyAndWhatItOpens() {
        Finding finding = guilty(EXTRA);

        assertThat(finding.object()).isEqualTo("policy public.trackpay_payments.extra");
        assertThat(finding.message()).contains("permissive policy for SELECT to authenticated (true)");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.7");
        seen(COUNT, with(Keys.ROWS, EXTRA, STRANGER)).isEqualTo("1");
        seenAfterRepair(COUNT, STRANGER, with(Keys.ROWS, EXTRA)).isEqualTo("0");
    }

    @Test
    void aPolicyThatTakesRowsAwayIsNamedAsWell() {
        String extra = "CREATE POLICY extra ON trackpay_payments AS RESTRICTIVE USING (amount < 5)";

        assertThat(guilty(extra).message()).contains("takes rows away");
        seen(COUNT, with(Keys.ROWS, PROVIDER)).isEqualTo("1");
        seen(COUNT, with(Keys.ROWS, extra, PROVIDER)).isEqualTo("0");
    }

    @Test
    void aNameThatIsDeclaredForAnotherTableIsNotDeclaredHere() {
        guilty("CREATE POLICY tp_users_select_self ON trackpay_payments USING (false)");
    }

    @Test
    void aRenamedPolicyIsUnexpectedUnderItsNewName() {
        guilty("ALTER POLICY tp_payments_select_party ON trackpay_payments RENAME TO \"Tp payments\"");
    }

    @Test
    void aPlanThatDeclaresNoPoliciesHasNoOpinion() {
        Plan silent = PlansOf.withSteps(
                plan(), plan().steps().stream().map(step -> without(step)).toList());

        assertThat(findings(silent, EXTRA)).isEmpty();
    }

    private static Step without(Step step) {
        Provides p = step.provides();
        return new Step(
                step.id(),
                step.name(),
                step.file(),
                step.purpose(),
                step.importance(),
                step.sections(),
                new Provides(
                        p.extensions(),
                        p.tables(),
                        p.functions(),
                        p.triggers(),
                        p.indexes(),
                        p.unique(),
                        p.foreignKeys(),
                        List.of(),
                        p.publications(),
                        p.revoked()));
    }

    @Test
    void tablesThatNoStepProvidesDoNotMatter() {
        innocent(
                "CREATE TABLE public.trackpay_more (id int)",
                "CREATE POLICY p ON trackpay_more USING (true)",
                "CREATE TABLE public.other (id int)",
                "CREATE POLICY p ON public.other USING (true)");
    }

    @Test
    void aDeclaredPolicyMayBeMadeAgain() {
        innocent(
                "DROP POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit",
                "CREATE POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit FOR SELECT TO authenticated"
                        + " USING (provider_id = (SELECT current_trackpay_user_id()))");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(EXTRA, "CREATE POLICY \"Old one\" ON trackpay_users USING (true)");
    }
}
