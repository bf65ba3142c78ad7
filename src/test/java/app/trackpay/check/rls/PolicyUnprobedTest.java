package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Policy.Command;
import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import app.trackpay.plan.Access;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A guilty policy lets somebody at a row in a way that no persona of the plan tries. */
final class PolicyUnprobedTest extends CheckTest {

    PolicyUnprobedTest() {
        super(new PolicyUnprobed());
    }

    private static final String COUNT = "SELECT count(*) FROM trackpay_payments";
    private static final String FOR_MODERATORS =
            "CREATE POLICY more ON trackpay_payments FOR SELECT TO moderators USING (true)";
    private static final String[] MODERATORS = {
        "CREATE ROLE moderators", "GRANT SELECT ON trackpay_payments TO moderators", FOR_MODERATORS
    };
    private static final String[] MODERATOR = {"SET LOCAL ROLE moderators"};

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a role that no persona has", MODERATORS)
                        .after(Keys.ROWS)
                        .proof(MODERATOR, COUNT, "1"),
                Case.guilty(
                                "a command that no persona is declared for",
                                "GRANT DELETE ON trackpay_payments TO authenticated",
                                "CREATE POLICY more ON trackpay_payments FOR DELETE TO authenticated USING (true)")
                        .after(Keys.ROWS)
                        .proof(
                                Callers.PROVIDER,
                                "WITH gone AS (DELETE FROM trackpay_payments RETURNING id) SELECT count(*) FROM gone",
                                "1"),
                Case.guilty("a table that the access does not name", Notes.with(Notes.read("true")))
                        .proof(Callers.VISITOR, Notes.COUNT, "1"),
                Case.innocent("a persona with the role", MODERATORS)
                        .after(Keys.ROWS)
                        .with("a persona moderator whose access names the table", PolicyUnprobedTest::withModerator)
                        .proof(MODERATOR, COUNT, "1"),
                Case.innocent(
                                "a command that a persona is declared for",
                                "CREATE POLICY more ON trackpay_payments FOR UPDATE TO authenticated USING (amount < 100)")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, "UPDATE trackpay_payments SET notes = 'x' RETURNING notes", "x"),
                Case.innocent(
                                "a policy for every command",
                                "CREATE POLICY more ON trackpay_payments USING (amount < 100)")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "1"),
                Case.innocent(
                                "a restrictive policy for the role of a persona",
                                "CREATE POLICY more ON trackpay_payments AS RESTRICTIVE TO authenticated USING (amount > 100)")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "0"));
    }

    private static Plan withModerator(Plan plan) {
        var personas = new ArrayList<>(plan.personas());
        personas.add(new Persona("moderator", "moderators", Optional.empty(), Map.of()));
        var access = new ArrayList<>(plan.access());
        access.add(new Access(PlansOf.table("trackpay_payments"), "moderator", Command.SELECT, new Access.Rows.All()));
        return PlansOf.withAccess(plan, personas, access);
    }

    @Test
    void namesThePolicyThatNobodyTries() {
        Finding finding = guilty(MODERATORS);

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.object()).isEqualTo("policy public.trackpay_payments.more");
    }

    @Test
    void aRestrictivePolicyIsTriedByWhoeverHasItsRole() {
        guilty("CREATE POLICY more ON trackpay_payments AS RESTRICTIVE TO service_role USING (true)");
    }

    @Test
    void aPlanWithoutPersonasTriesNothingAndSaysNothing() {
        assertThat(findings(PlansOf.withAccess(plan(), List.of(), List.of()), MODERATORS))
                .isEmpty();
    }
}
