package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class PolicyWithoutGrantTest extends CheckTest {

    PolicyWithoutGrantTest() {
        super(new PolicyWithoutGrant());
    }

    private static final String READ = "SELECT 1 FROM trackpay_payments";
    private static final String REVOKE = "REVOKE ALL ON trackpay_payments FROM authenticated";
    private static final String AS_USER = "SET LOCAL ROLE authenticated";

    @Test
    void namesTheRoleTheTableAndEveryPrivilege() {
        Finding finding = guilty(
                REVOKE,
                "REVOKE UPDATE (session_id, session_ids, amount, payment_method, payment_date, notes,"
                        + " updated_at) ON trackpay_payments FROM authenticated");

        assertThat(finding.object()).isEqualTo("table public.trackpay_payments for authenticated");
        assertThat(finding.message()).contains("lacks INSERT, SELECT, UPDATE", "tp_payments_select_party");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.7");
        state(READ, AS_USER).isEqualTo("00000");
        state(READ, REVOKE, AS_USER).isEqualTo("42501");
    }

    /** A project of the new kind, where nothing is granted by itself. */
    @Test
    void aSetThatGrantsNothingIsNamedTableByTable() {
        assertThat(findings("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM authenticated"))
                .hasSize(8)
                .allSatisfy(finding -> assertThat(finding.message()).contains("42501"));
    }

    @Test
    void usageOfTheSchemaIsNeededAsWell() {
        String revoke = "REVOKE USAGE ON SCHEMA public FROM authenticated, PUBLIC";
        Finding finding = guilty(revoke);

        assertThat(finding.object()).isEqualTo("schema public for authenticated");
        state("SELECT 1 FROM public.trackpay_payments", revoke, AS_USER).isEqualTo("42501");
    }

    @Test
    void anUpdateFindsItsRowsBySelecting() {
        String[] blind = {
            "CREATE TABLE public.trackpay_more (id int, n int)",
            "CREATE POLICY p ON trackpay_more FOR UPDATE TO authenticated USING (true)",
            "GRANT UPDATE ON trackpay_more TO authenticated"
        };

        assertThat(guilty(blind).message()).contains("lacks SELECT on the table");
        state("UPDATE trackpay_more SET n = 2 WHERE id = 1", blind[0], blind[1], blind[2], AS_USER)
                .isEqualTo("42501");
    }

    @Test
    void aPolicyForEverybodyThatNobodyCanUseIsNamed() {
        guilty("CREATE TABLE public.trackpay_more (id int)", "CREATE POLICY p ON trackpay_more USING (true)");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(
                REVOKE,
                "REVOKE USAGE ON SCHEMA public FROM authenticated, PUBLIC",
                "REVOKE ALL ON trackpay_users FROM authenticated");
    }

    @Test
    void grantsOnColumnsCoverAPolicy() {
        String grant = "GRANT SELECT (id), INSERT (id), UPDATE (amount) ON trackpay_payments TO authenticated";

        innocent(REVOKE, grant);
        state("SELECT id FROM trackpay_payments", REVOKE, grant, AS_USER).isEqualTo("00000");
    }

    @Test
    void grantsToEverybodyOrByMembershipCoverAPolicy() {
        innocent(
                REVOKE,
                "CREATE ROLE health_readers",
                "GRANT health_readers TO authenticated WITH INHERIT TRUE",
                "GRANT SELECT, UPDATE ON trackpay_payments TO health_readers",
                "GRANT INSERT ON trackpay_payments TO PUBLIC");
    }

    @Test
    void aPolicyForEverybodyMayShutVisitorsOut() {
        innocent(
                "CREATE TABLE public.trackpay_more (id int)",
                "CREATE POLICY p ON trackpay_more FOR SELECT USING (true)",
                "GRANT SELECT ON trackpay_more TO authenticated");
    }

    @Test
    void aPolicyForAllCommandsMayBeUsedForOne() {
        innocent(
                "CREATE TABLE public.trackpay_more (id int)",
                "CREATE POLICY p ON trackpay_more TO authenticated USING (true)",
                "GRANT SELECT ON trackpay_more TO authenticated");
    }

    @Test
    void aRestrictivePolicyOpensNothing() {
        innocent("CREATE POLICY p ON trackpay_payments AS RESTRICTIVE FOR DELETE TO anon USING (false)");
    }

    @Test
    void policiesOnTablesOfOthersDoNotMatter() {
        innocent("CREATE TABLE public.other (id int)", "CREATE POLICY p ON other TO authenticated USING (true)");
    }
}
