package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedTrigger;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingTriggerTest extends CheckTest {

    MissingTriggerTest() {
        super(new MissingTrigger());
    }

    private static final String DROP = "DROP TRIGGER trackpay_sessions_amount ON trackpay_sessions";

    private static final String OLD_CLIENT =
            "INSERT INTO trackpay_users (role, name, updated_at) VALUES ('client', 'Old', '2020-01-01')";
    private static final String TOUCHED =
            "UPDATE trackpay_users SET name = 'New' WHERE name = 'Old' RETURNING updated_at > '2021-01-01'";
    private static final String AMOUNT =
            "UPDATE trackpay_sessions SET end_time = start_time + interval '2 hours' RETURNING amount_due";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("nobody works out the amount", DROP)
                        .after(Keys.ROWS)
                        .proof(AMOUNT, "23514"),
                Case.guilty(
                                "nobody keeps up the time of the last change",
                                "DROP TRIGGER trackpay_users_touch ON trackpay_users")
                        .after(OLD_CLIENT)
                        .proof(TOUCHED, "f"),
                Case.guilty(
                                "the trigger on another table",
                                "DROP TRIGGER trackpay_users_touch ON trackpay_users",
                                "CREATE TRIGGER trackpay_users_touch BEFORE UPDATE ON trackpay_activities FOR EACH ROW"
                                        + " EXECUTE FUNCTION trackpay_touch()")
                        .after(OLD_CLIENT)
                        .proof(TOUCHED, "f"),
                Case.innocent("the trigger that works out the amount", Keys.ROWS)
                        .proof(AMOUNT, "60.00"),
                Case.innocent(
                                "the trigger in upper case without quotes",
                                "DROP TRIGGER trackpay_users_touch ON trackpay_users",
                                "CREATE TRIGGER Trackpay_Users_Touch BEFORE UPDATE ON trackpay_users FOR EACH ROW"
                                        + " EXECUTE FUNCTION trackpay_touch()")
                        .after(OLD_CLIENT)
                        .proof(TOUCHED, "t"),
                Case.innocent(
                                "one more trigger",
                                "CREATE TRIGGER more BEFORE UPDATE ON trackpay_users FOR EACH ROW EXECUTE FUNCTION trackpay_touch()")
                        .after(OLD_CLIENT)
                        .proof(TOUCHED, "t"));
    }

    @Test
    void namesTheTriggerAndItsStep() {
        Finding finding = guilty(DROP);

        assertThat(finding.object()).isEqualTo("trigger public.trackpay_sessions.trackpay_sessions_amount");
        assertThat(finding.fix())
                .isEqualTo("run step 3.1 (trackpay_schema.sql), or mend that file where running it did not help");
    }

    @Test
    void aTriggerOnAnotherTableIsSaid() {
        Finding finding = guilty(
                "DROP TRIGGER trackpay_invites_touch ON trackpay_invites",
                "CREATE TRIGGER trackpay_invites_touch BEFORE UPDATE ON trackpay_activities FOR EACH ROW"
                        + " EXECUTE FUNCTION trackpay_touch()");

        assertThat(finding.message()).contains("a trigger of that name is on public.trackpay_activities");
    }

    @Test
    void aRenamedTriggerIsMissing() {
        guilty("ALTER TRIGGER trackpay_users_touch ON trackpay_users RENAME TO touch");
    }

    @Test
    void aTriggerOnAPlatformsTableIsLookedForThere() {
        Plan plan = Plans.with(plan(), new ProvidedTrigger(new QualifiedName("auth", "users"), "on_signup"));
        String create =
                "CREATE TRIGGER on_signup AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch()";

        assertThat(findings(plan)).extracting(Finding::object).containsExactly("trigger auth.users.on_signup");
        assertThat(findings(plan, "SET LOCAL ROLE postgres", create.formatted("auth.identities"), "RESET ROLE"))
                .hasSize(1);
        assertThat(findings(plan, "SET LOCAL ROLE postgres", create.formatted("auth.users"), "RESET ROLE"))
                .isEmpty();
    }

    @Test
    void aMissingTableSpeaksForItsTriggers() {
        innocent("DROP TABLE trackpay_payments CASCADE");
    }

    @Test
    void aDisabledTriggerIsThere() {
        innocent("ALTER TABLE trackpay_sessions DISABLE TRIGGER trackpay_sessions_amount");
    }
}
