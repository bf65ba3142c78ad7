package app.trackpay.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.Judgement;
import app.trackpay.database.GrantEra;
import app.trackpay.manifest.Clones.Clone;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Suppression;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a person is told, and what the team accepts. */
final class DriftFindingsTest {

    private static final Clones CLONES = Clones.on(17, GrantEra.NEW);
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
    private static final String LOG_IN = "policy public.trackpay_payments.tp_payments_select_party";

    private static List<Finding> findings(Plan plan, String... changes) {
        try (Clone clone = CLONES.open()) {
            Manifest before = clone.manifest(plan);
            return Drift.findings(plan, before, clone.run(changes).manifest(plan));
        }
    }

    private static Finding finding(String... changes) {
        List<Finding> findings = findings(CLONES.wide(), changes);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void aWidenedPolicyIsToldWithBothExpressionsTheStepAndTheRepair() {
        Finding finding = finding("ALTER POLICY tp_payments_select_party ON trackpay_payments TO PUBLIC USING (true)");

        assertThat(finding.object()).isEqualTo(LOG_IN);
        assertThat(finding.message().lines())
                .startsWith(
                        "access widened: the server differs from the manifest in roles, using (- manifest, + server)",
                        "roles (widened):",
                        "- authenticated",
                        "+ PUBLIC",
                        "using (widened):")
                .endsWith("+ true");
        assertThat(finding.step()).get().satisfies(step -> assertThat(step.id()).isEqualTo("3.7"));
        assertThat(finding.fix())
                .isEqualTo(
                        "step 3.7 (020_rls_policies.sql) makes it; if the manifest is right, run the SQL; if the server is right,"
                                + " bring the change into a step of the plan and run save-manifest");
        assertThat(finding.repair())
                .get()
                .asString()
                .startsWith(
                        "ALTER POLICY tp_payments_select_party ON public.trackpay_payments TO authenticated USING (");
    }

    @Test
    void aChangedBodyIsShownAsTheLinesThatDiffer() {
        Finding finding =
                finding("CREATE OR REPLACE FUNCTION billing.touch() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n"
                        + "    NEW.name := 'x';\n    RETURN NEW;\nEND\n$$");

        assertThat(finding.message().lines())
                .containsExactly(
                        "the server differs from the manifest in body (- manifest, + server)",
                        "body:",
                        "@@ -2,3 +2,3 @@",
                        " BEGIN",
                        "-    NEW.name := NEW.name;",
                        "+    NEW.name := 'x';",
                        "     RETURN NEW;");
    }

    @Test
    void whatGoesWithATableIsCounted() {
        assertThat(finding("DROP TABLE trackpay_payments").message().lines().findFirst())
                .contains(
                        "access narrowed: the manifest has it and the server does not, and with it 11 columns, 5 constraints,"
                                + " 2 indexes, 3 policies, 1 trigger");
    }

    @Test
    void aWideningAndANarrowingTogetherAreForAPersonToJudge() {
        assertThat(finding(
                                "ALTER TABLE trackpay_users DISABLE ROW LEVEL SECURITY; REVOKE SELECT ON trackpay_users FROM authenticated")
                        .message())
                .startsWith("access unclear: ");
    }

    @Test
    void aForeignKeyNamesTheStepThatSetItsRule() {
        assertThat(finding("ALTER TABLE trackpay_payments DROP CONSTRAINT trackpay_payments_session_id_fkey")
                        .step())
                .get()
                .satisfies(step -> assertThat(step.id()).isEqualTo("3.3"));
    }

    @Test
    void whatIsOutsideOfTheScopeIsNobodysBusiness() {
        assertThat(
                        findings(
                                CLONES.plan(),
                                "CREATE TABLE public.other (a int); ALTER TABLE billing.items DISABLE ROW LEVEL SECURITY;"
                                        + " ALTER PUBLICATION supabase_realtime ADD TABLE other; DROP TABLE spare_parts.screws"))
                .isEmpty();
        assertThat(findings(CLONES.plan(), "CREATE TABLE public.trackpay_more (a int)"))
                .extracting(Finding::object)
                .containsExactly("table public.trackpay_more");
    }

    @Test
    void aSuppressionOfThePlanHidesItsDriftAndAnUnusedOneIsTold() {
        Plan plan = CLONES.wide(
                new Suppression("drift-changed", LOG_IN, "the demo shows all", Optional.of(TODAY)),
                new Suppression("drift-missing", "table public.gone", "was dropped", Optional.empty()));
        List<Finding> findings = findings(
                plan,
                "ALTER POLICY tp_payments_select_party ON trackpay_payments USING (true); DROP VIEW billing.cheap");

        Judgement judgement = Judge.judge(plan, findings, Drift.CHECKS, TODAY);

        assertThat(judgement.findings()).extracting(Finding::object).containsExactly("view billing.cheap");
        assertThat(judgement.suppressed())
                .singleElement()
                .satisfies(s -> assertThat(s.reason()).isEqualTo("the demo shows all"));
        assertThat(judgement.notes()).singleElement().asString().contains("table public.gone");
        assertThat(Judge.judge(plan, findings, Drift.CHECKS, TODAY.plusDays(1)).findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("its suppression ended on 2026-12-01"));
    }
}
