package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class HelperNotExecutableTest extends CheckTest {

    HelperNotExecutableTest() {
        super(new HelperNotExecutable());
    }

    private static final String ME = "SELECT current_trackpay_user_id()";
    private static final String MINE = "SELECT count(*) FROM trackpay_payments";
    private static final String PROVIDER_ID = "b0000000-0000-4000-8000-000000000001";

    private static final String REVOKE = "REVOKE EXECUTE ON FUNCTION current_trackpay_user_id() FROM authenticated";

    @Test
    void namesTheRoleThatMayNotAskWhoItIs() {
        Finding finding = guilty(REVOKE);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
        assertThat(finding.message()).startsWith("authenticated may not call");
        seen(MINE, with(Keys.ROWS, REVOKE, PROVIDER)).isEqualTo("42501");
        seenAfterRepair(MINE, PROVIDER, with(Keys.ROWS, REVOKE)).isEqualTo("1");
    }

    @Test
    void theSchemaMustBeOpenAsWell() {
        String[] shut = {"REVOKE USAGE ON SCHEMA public FROM PUBLIC, authenticated"};

        assertThat(guilty(shut).message()).contains("permission denied for schema public");
        seen(ME.replace("current", "public.current"), with(Keys.ROWS, with(shut, PROVIDER)))
                .isEqualTo("42501");
    }

    @Test
    void everyRoleThatAPolicyWithItIsForMustBeAble() {
        String policy =
                "CREATE POLICY more ON trackpay_payments FOR SELECT TO anon USING (provider_id = current_trackpay_user_id())";

        assertThat(guilty(policy).message()).startsWith("anon may not call");
        seen(MINE, with(Keys.ROWS, policy, "GRANT SELECT ON trackpay_payments TO anon", VISITOR))
                .isEqualTo("42501");
    }

    @Test
    void everybodyIncludesUsers() {
        String[] wide = {REVOKE, "GRANT EXECUTE ON FUNCTION current_trackpay_user_id() TO PUBLIC"};

        innocent(wide);
        seen(MINE, with(Keys.ROWS, with(wide, PROVIDER))).isEqualTo("1");
    }

    @Test
    void aGrantByMembershipIsFine() {
        String[] member = {
            REVOKE,
            "CREATE ROLE rules_callers",
            "GRANT EXECUTE ON FUNCTION current_trackpay_user_id() TO rules_callers",
            "GRANT rules_callers TO authenticated WITH INHERIT TRUE"
        };

        innocent(member);
        seen(MINE, with(Keys.ROWS, with(member, PROVIDER))).isEqualTo("1");
    }

    @Test
    void visitorsNeedNotBeAbleWhereNoPolicyIsForThem() {
        innocent("GRANT SELECT ON trackpay_payments TO anon");
        seen(MINE, with(Keys.ROWS, "GRANT SELECT ON trackpay_payments TO anon", VISITOR))
                .isEqualTo("0");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(REVOKE, "REVOKE USAGE ON SCHEMA public FROM PUBLIC, authenticated");
    }
}
