package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
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
    private static final String TAKES = "CREATE POLICY extra ON trackpay_payments AS RESTRICTIVE USING (amount < 5)";
    private static final String OWN = " ON trackpay_payments FOR SELECT TO authenticated"
            + " USING (provider_id = (SELECT current_trackpay_user_id()))";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a policy that opens rows", EXTRA).after(Keys.ROWS).proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty("a policy that takes rows away", TAKES)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "0"),
                Case.guilty("a name that is declared for another table", EXTRA.replace("extra", "tp_users_select_self"))
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "1"),
                Case.innocent("the declared policies", Keys.ROWS).proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "a declared policy that was made again in upper case",
                                "DROP POLICY tp_payments_select_party ON trackpay_payments",
                                "CREATE POLICY TP_Payments_Select_Party" + OWN)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "1"),
                Case.innocent(
                                "a policy on a table that no step provides",
                                "CREATE TABLE public.trackpay_more AS SELECT 1 AS id",
                                "CREATE POLICY p ON trackpay_more USING (true)",
                                "ALTER TABLE trackpay_more ENABLE ROW LEVEL SECURITY",
                                "GRANT SELECT ON trackpay_more TO anon")
                        .proof(Callers.VISITOR, "SELECT count(*) FROM trackpay_more", "1"));
    }

    @Test
    void namesThePolicyAndWhatItOpens() {
        Finding finding = guilty(EXTRA);

        assertThat(finding.object()).isEqualTo("policy public.trackpay_payments.extra");
        assertThat(finding.message()).contains("permissive policy for SELECT to authenticated (true)");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.7");
        seenAfterRepair(COUNT, Callers.STRANGER[0] + "; " + Callers.STRANGER[1], with(Keys.ROWS, EXTRA))
                .isEqualTo("0");
    }

    @Test
    void aPolicyThatTakesRowsAwayIsNamedAsWell() {
        assertThat(guilty(TAKES).message()).contains("takes rows away");
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
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(EXTRA, "CREATE POLICY \"Old one\" ON trackpay_users USING (true)");
    }
}
