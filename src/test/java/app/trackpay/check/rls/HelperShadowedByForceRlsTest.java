package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HelperShadowedByForceRlsTest extends CheckTest {

    HelperShadowedByForceRlsTest() {
        super(new HelperShadowedByForceRls());
    }

    private static final String ME = "SELECT current_trackpay_user_id()";
    private static final String MINE = "SELECT count(*) FROM trackpay_payments";
    private static final String PROVIDER_ID = "b0000000-0000-4000-8000-000000000001";

    private static final String FORCE = "ALTER TABLE trackpay_users FORCE ROW LEVEL SECURITY";
    private static final String[] OWNER = {
        "CREATE ROLE rules_owner",
        "GRANT USAGE, CREATE ON SCHEMA public TO rules_owner",
        "GRANT USAGE ON SCHEMA auth TO rules_owner",
        "ALTER TABLE trackpay_users OWNER TO rules_owner",
        "ALTER FUNCTION current_trackpay_user_id() OWNER TO rules_owner"
    };

    private static final String[] OTHER = {
        "CREATE ROLE rules_other",
        "GRANT USAGE, CREATE ON SCHEMA public TO rules_other",
        "GRANT USAGE ON SCHEMA auth TO rules_other",
        "GRANT SELECT ON trackpay_users TO rules_other",
        "ALTER FUNCTION current_trackpay_user_id() OWNER TO rules_other"
    };

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a table that binds its own owner, who is the helper's", with(OWNER, FORCE))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "0"),
                Case.guilty("a helper of somebody who does not own the table", OTHER)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "0"),
                Case.guilty("both at once", with(with(OWNER, FORCE), OTHER))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "0"),
                Case.innocent("a forced table and an owner with BYPASSRLS", FORCE)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"),
                Case.innocent("the table's owner, without force", OWNER)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"),
                Case.innocent(
                                "a forced table that the helper does not read",
                                with(OWNER, "ALTER TABLE trackpay_payments FORCE ROW LEVEL SECURITY"))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"));
    }

    @Test
    void namesTheTableWhosePoliciesBindTheHelper() {
        Finding finding = guilty(with(OWNER, FORCE));

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
        assertThat(finding.message()).contains("public.trackpay_users as rules_owner", "FORCE ROW LEVEL SECURITY");
        seen(MINE, with(Keys.ROWS, with(OWNER, PROVIDER))).isEqualTo("1");
        seen(MINE, with(Keys.ROWS, with(OWNER, FORCE, PROVIDER))).isEqualTo("0");
        seenAfterRepair(MINE, PROVIDER, with(Keys.ROWS, with(OWNER, FORCE))).isEqualTo("1");
    }

    @Test
    void aHelperOfSomebodyElseIsBoundWithoutForce() {
        String[] other = {
            "CREATE ROLE rules_other",
            "GRANT USAGE, CREATE ON SCHEMA public TO rules_other",
            "GRANT USAGE ON SCHEMA auth TO rules_other",
            "GRANT SELECT ON trackpay_users TO rules_other",
            "ALTER FUNCTION current_trackpay_user_id() OWNER TO rules_other"
        };

        assertThat(guilty(other).message()).contains("it is not the table's owner");
        seen(MINE, with(Keys.ROWS, with(other, PROVIDER))).isEqualTo("0");
        seenAfterRepair(MINE, PROVIDER, with(Keys.ROWS, other)).isEqualTo("1");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(with(OWNER, FORCE));
    }
}
