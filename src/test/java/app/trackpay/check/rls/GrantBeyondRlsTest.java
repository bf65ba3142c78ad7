package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class GrantBeyondRlsTest extends CheckTest {

    GrantBeyondRlsTest() {
        super(new GrantBeyondRls());
    }

    private static final String GRANT = "GRANT TRUNCATE ON trackpay_payments TO authenticated";

    @Test
    void namesWhoMayEmptyTheTable() {
        Finding finding = guilty(GRANT);

        assertThat(finding.object()).isEqualTo("table public.trackpay_payments");
        assertThat(finding.message()).contains("TRUNCATE (authenticated)");
        state("TRUNCATE trackpay_payments", PROVIDER).isEqualTo("42501");
        state("TRUNCATE trackpay_payments", GRANT, PROVIDER).isEqualTo("00000");
    }

    @Test
    void whatAnOldProjectHandsOutIsNamed() {
        assertThat(guilty("GRANT ALL ON trackpay_payments TO anon, authenticated")
                        .message())
                .contains(
                        "TRUNCATE (anon, authenticated), REFERENCES (anon, authenticated), TRIGGER (anon, authenticated)");
        state("TRUNCATE trackpay_payments", "GRANT ALL ON trackpay_payments TO anon", VISITOR)
                .isEqualTo("00000");
    }

    @Test
    void grantsToEverybodyCount() {
        guilty("GRANT TRIGGER ON trackpay_users TO PUBLIC");
        seen(
                        "SELECT has_table_privilege('trackpay_users', 'TRIGGER')",
                        "GRANT TRIGGER ON trackpay_users TO PUBLIC",
                        VISITOR)
                .isEqualTo("t");
    }

    @Test
    void grantsOnOneColumnAndByMembershipCount() {
        guilty("GRANT REFERENCES (id) ON trackpay_users TO authenticated");
        guilty(
                "CREATE ROLE rules_cleaners",
                "GRANT rules_cleaners TO authenticated WITH INHERIT TRUE",
                "GRANT TRUNCATE ON trackpay_payments TO rules_cleaners");
    }

    @Test
    void theCommandsOfTheAppAreCovered() {
        innocent("GRANT SELECT, INSERT, UPDATE, DELETE ON trackpay_payments TO anon, authenticated");
        state(
                        "TRUNCATE trackpay_payments",
                        "GRANT SELECT, INSERT, UPDATE, DELETE ON trackpay_payments TO authenticated",
                        PROVIDER)
                .isEqualTo("42501");
    }

    @Test
    void theServersOwnRoleMayDoMore() {
        innocent("GRANT ALL ON trackpay_payments TO service_role");
    }

    @Test
    void whereTheSchemaIsShutNothingIsHeld() {
        String[] shut = {GRANT, "REVOKE USAGE ON SCHEMA public FROM PUBLIC, authenticated"};

        innocent(shut);
        state("TRUNCATE public.trackpay_payments", with(shut, PROVIDER)).isEqualTo("42501");
    }

    @Test
    void aViewHasNothingToTruncate() {
        innocent("CREATE VIEW public.trackpay_view AS SELECT 1 AS n", "GRANT ALL ON trackpay_view TO anon");
        state(
                        "TRUNCATE trackpay_view",
                        "CREATE VIEW public.trackpay_view AS SELECT 1 AS n",
                        "GRANT ALL ON trackpay_view TO anon",
                        VISITOR)
                .isEqualTo("42809");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(
                "GRANT ALL ON trackpay_payments TO anon, authenticated",
                "GRANT TRIGGER ON trackpay_users TO PUBLIC",
                "GRANT REFERENCES (id) ON trackpay_sessions TO authenticated");
    }
}
