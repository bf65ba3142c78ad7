package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Policy.Command;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Access;
import app.trackpay.plan.Persona;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PolicyUnprobedTest extends CheckTest {

    PolicyUnprobedTest() {
        super(new PolicyUnprobed());
    }

    private static final String FOR_MODERATORS =
            "CREATE POLICY more ON trackpay_payments FOR SELECT TO service_role USING (true)";

    @Test
    void namesThePolicyThatNobodyTries() {
        Finding finding = guilty(FOR_MODERATORS);

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.object()).isEqualTo("policy public.trackpay_payments.more");
    }

    @Test
    void aCommandThatNoPersonaIsDeclaredForIsNotTried() {
        guilty("CREATE POLICY more ON trackpay_payments FOR DELETE TO authenticated USING (true)");
    }

    @Test
    void aTableThatTheAccessDoesNotNameIsNotTried() {
        guilty("CREATE TABLE public.trackpay_more (id int)", "CREATE POLICY p ON trackpay_more USING (true)");
    }

    @Test
    void aRestrictivePolicyIsTriedByWhoeverHasItsRole() {
        guilty("CREATE POLICY more ON trackpay_payments AS RESTRICTIVE TO service_role USING (true)");
        innocent("CREATE POLICY more ON trackpay_payments AS RESTRICTIVE FOR DELETE TO anon USING (false)");
    }

    @Test
    void policiesThatSomebodyGetsARowThroughAreTried() {
        innocent(
                "CREATE POLICY more ON trackpay_payments FOR UPDATE TO authenticated USING (false)",
                "CREATE POLICY all_of_them ON trackpay_payments USING (false)");
    }

    @Test
    void aPersonaWithTheRoleTriesIt() {
        Persona server = new Persona("server", "service_role", Optional.empty(), Map.of());
        Access access = new Access(PlansOf.table("trackpay_payments"), "server", Command.SELECT, new Access.Rows.All());
        var personas = new ArrayList<>(plan().personas());
        personas.add(server);
        var accesses = new ArrayList<>(plan().access());
        accesses.add(access);

        assertThat(findings(PlansOf.withAccess(plan(), personas, accesses), FOR_MODERATORS))
                .isEmpty();
    }

    @Test
    void aPlanWithoutPersonasTriesNothingAndSaysNothing() {
        assertThat(findings(PlansOf.withAccess(plan(), List.of(), List.of()), FOR_MODERATORS))
                .isEmpty();
    }
}
