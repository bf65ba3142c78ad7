package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class TriggerDisabledTest extends CheckTest {

    TriggerDisabledTest() {
        super(new TriggerDisabled());
    }

    private static final String DISABLE = "ALTER TABLE trackpay_users DISABLE TRIGGER trackpay_users_touch";
    private static final String ROW =
            "INSERT INTO trackpay_users (role, name, updated_at) VALUES ('client', 'C', '2020-01-01')";
    private static final String TOUCHED =
            "DO $$ BEGIN UPDATE trackpay_users SET name = 'D'; IF (SELECT updated_at FROM trackpay_users) < '2021-01-01' THEN"
                    + " RAISE EXCEPTION 'not touched'; END IF; END $$";

    @Test
    void namesTheTriggerThatDoesNotFire() {
        Finding finding = guilty(DISABLE);

        assertThat(finding.object()).isEqualTo("trigger public.trackpay_users.trackpay_users_touch");
        state(TOUCHED, ROW).isEqualTo("00000");
        state(TOUCHED, ROW, DISABLE).isEqualTo("P0001");
    }

    @Test
    void oneThatFiresForReplicasOnlyDoesNotFireForTheApp() {
        String replica = "ALTER TABLE trackpay_users ENABLE REPLICA TRIGGER trackpay_users_touch";

        assertThat(guilty(replica).message()).contains("replication sessions only");
        state(TOUCHED, ROW, replica).isEqualTo("P0001");
    }

    @Test
    void allTriggersSwitchedOffAreAllNamed() {
        assertThat(findings("ALTER TABLE trackpay_sessions DISABLE TRIGGER USER"))
                .hasSize(2);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(DISABLE, "ALTER TABLE trackpay_sessions DISABLE TRIGGER USER");
    }

    @Test
    void oneThatAlwaysFiresIsFine() {
        String always = "ALTER TABLE trackpay_users ENABLE ALWAYS TRIGGER trackpay_users_touch";

        innocent(always);
        state(TOUCHED, ROW, always).isEqualTo("00000");
    }

    @Test
    void aMissingTriggerIsNotAlsoDisabled() {
        innocent("DROP TRIGGER trackpay_users_touch ON trackpay_users");
    }

    @Test
    void triggersOnTablesOfOthersDoNotMatter() {
        innocent(
                "CREATE TABLE public.other (updated_at timestamptz)",
                "CREATE TRIGGER t BEFORE UPDATE ON other FOR EACH ROW EXECUTE FUNCTION trackpay_touch()",
                "ALTER TABLE other DISABLE TRIGGER t");
    }
}
