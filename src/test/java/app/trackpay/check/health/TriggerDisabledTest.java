package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TriggerDisabledTest extends CheckTest {

    TriggerDisabledTest() {
        super(new TriggerDisabled());
    }

    private static final String DISABLE = "ALTER TABLE trackpay_users DISABLE TRIGGER trackpay_users_touch";
    private static final String ROW =
            "INSERT INTO trackpay_users (role, name, updated_at) VALUES ('client', 'C', '2020-01-01')";
    private static final String REPLICA = "ALTER TABLE trackpay_users ENABLE REPLICA TRIGGER trackpay_users_touch";
    private static final String TOUCHED = "UPDATE trackpay_users SET name = 'D' RETURNING updated_at > '2021-01-01'";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("one that does not fire", DISABLE).after(ROW).proof(TOUCHED, "f"),
                Case.guilty("one that fires for replicas only", REPLICA)
                        .after(ROW)
                        .proof(TOUCHED, "f"),
                Case.guilty("all of a table", "ALTER TABLE trackpay_users DISABLE TRIGGER USER")
                        .after(ROW)
                        .proof(TOUCHED, "f"),
                Case.innocent("one that fires", ROW).proof(TOUCHED, "t"),
                Case.innocent(
                                "one that always fires",
                                "ALTER TABLE trackpay_users ENABLE ALWAYS TRIGGER trackpay_users_touch")
                        .after(ROW)
                        .proof(TOUCHED, "t"),
                Case.innocent(
                                "one that was enabled again",
                                DISABLE,
                                "ALTER TABLE trackpay_users ENABLE TRIGGER trackpay_users_touch")
                        .after(ROW)
                        .proof(TOUCHED, "t"),
                Case.innocent(
                                "one of others",
                                "CREATE TABLE public.other AS SELECT timestamptz '2020-01-01' AS updated_at",
                                "CREATE TRIGGER t BEFORE UPDATE ON other FOR EACH ROW EXECUTE FUNCTION trackpay_touch()",
                                "ALTER TABLE other DISABLE TRIGGER t")
                        .proof("UPDATE other SET updated_at = updated_at RETURNING updated_at < '2021-01-01'", "t"));
    }

    @Test
    void namesTheTriggerThatDoesNotFire() {
        assertThat(guilty(DISABLE).object()).isEqualTo("trigger public.trackpay_users.trackpay_users_touch");
        assertThat(guilty(REPLICA).message()).contains("replication sessions only");
    }

    @Test
    void allTriggersSwitchedOffAreAllNamed() {
        assertThat(findings("ALTER TABLE trackpay_sessions DISABLE TRIGGER USER"))
                .hasSize(2);
    }

    @Test
    void aMissingTriggerIsNotAlsoDisabled() {
        innocent("DROP TRIGGER trackpay_users_touch ON trackpay_users");
    }
}
