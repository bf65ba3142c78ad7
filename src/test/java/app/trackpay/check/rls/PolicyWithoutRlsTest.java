package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class PolicyWithoutRlsTest extends CheckTest {

    PolicyWithoutRlsTest() {
        super(new PolicyWithoutRls());
    }

    private static final String OFF = "ALTER TABLE trackpay_users DISABLE ROW LEVEL SECURITY";
    private static final String COUNT = "SELECT count(*) FROM trackpay_users";

    @Test
    void namesTheTableAndThePoliciesThatNobodyAsks() {
        Finding finding = guilty(OFF);

        assertThat(finding.object()).isEqualTo("table public.trackpay_users");
        assertThat(finding.message()).contains("tp_users_select_self");
        seen(COUNT, with(Keys.ROWS, PROVIDER)).isEqualTo("1");
        seen(COUNT, with(Keys.ROWS, OFF, PROVIDER)).isEqualTo("2");
        seenAfterRepair(COUNT, PROVIDER, with(Keys.ROWS, OFF)).isEqualTo("1");
    }

    @Test
    void everyTableIsNamedOnItsOwn() {
        assertThat(findings(OFF, "ALTER TABLE trackpay_activities DISABLE ROW LEVEL SECURITY"))
                .hasSize(2);
    }

    @Test
    void aPolicyMadeBeforeTheSwitchIsTurnedIsDormant() {
        String[] dormant = {
            "CREATE TABLE public.trackpay_more (id int)",
            "INSERT INTO trackpay_more VALUES (1)",
            "GRANT SELECT ON trackpay_more TO anon",
            "CREATE POLICY none ON trackpay_more USING (false)"
        };

        guilty(dormant);
        seen("SELECT count(*) FROM trackpay_more", with(dormant, VISITOR)).isEqualTo("1");
    }

    @Test
    void forceAloneSwitchesNothingOn() {
        guilty(OFF, "ALTER TABLE trackpay_users FORCE ROW LEVEL SECURITY");
        seen(COUNT, with(Keys.ROWS, OFF, "ALTER TABLE trackpay_users FORCE ROW LEVEL SECURITY", PROVIDER))
                .isEqualTo("2");
    }

    @Test
    void aTableWithoutPoliciesIsTheConcernOfAnotherCheck() {
        innocent("CREATE TABLE public.trackpay_more (id int)");
    }

    @Test
    void policiesThatAreAskedAreFine() {
        String policy = "CREATE POLICY more ON trackpay_users AS RESTRICTIVE TO authenticated USING (false)";

        innocent(policy);
        seen(COUNT, with(Keys.ROWS, policy, PROVIDER)).isEqualTo("0");
    }

    @Test
    void tablesOfOthersDoNotMatter() {
        innocent("CREATE TABLE public.other (id int)", "CREATE POLICY p ON public.other USING (true)");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(OFF, "ALTER TABLE trackpay_activities DISABLE ROW LEVEL SECURITY");
    }
}
