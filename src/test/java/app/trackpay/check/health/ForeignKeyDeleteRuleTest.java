package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class ForeignKeyDeleteRuleTest extends CheckTest {

    ForeignKeyDeleteRuleTest() {
        super(new ForeignKeyDeleteRule());
    }

    @Test
    void namesTheKeyBothRulesAndTheStep() {
        Finding finding = guilty(Keys.rekey("trackpay_activities", "user_id", "CASCADE"));

        assertThat(finding.object())
                .isEqualTo("foreign key public.trackpay_activities.trackpay_activities_user_id_fkey");
        assertThat(finding.message()).contains("is ON DELETE CASCADE, the plan declares RESTRICT");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.1");
    }

    @Test
    void aCascadeFromTheLoginsIsNamed() {
        assertThat(guilty(Keys.rekey("trackpay_users", "auth_user_id", "auth.users", "CASCADE"))
                        .message())
                .contains("auth.users");
    }

    @Test
    void noActionIsNotRestrict() {
        guilty(Keys.rekey("trackpay_payments", "client_id", "NO ACTION"));
    }

    @Test
    void aRuleThatIsTooStrictIsNamedAsWell() {
        guilty(Keys.rekey("trackpay_activities", "session_id", "trackpay_sessions", "RESTRICT"));
    }

    @Test
    void aSecondKeyOnTheSameColumnIsNamedAndDropped() {
        String[] second = {
            "ALTER TABLE trackpay_activities ADD CONSTRAINT old FOREIGN KEY (user_id) REFERENCES trackpay_users ON DELETE CASCADE"
        };

        assertThat(guilty(second).repair()).contains("ALTER TABLE public.trackpay_activities DROP CONSTRAINT old;");
        repairs(second);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(
                Keys.rekey("trackpay_activities", "user_id", "CASCADE"),
                Keys.rekey("trackpay_users", "auth_user_id", "auth.users", "SET NULL"),
                Keys.rekey("trackpay_relationships", "client_id", "CASCADE DEFERRABLE INITIALLY DEFERRED NOT VALID"));
    }

    @Test
    void aDeclaredCascadeIsAsDeclared() {
        innocent(Keys.rekey("trackpay_invites", "provider_id", "CASCADE"));
    }

    @Test
    void aCascadeOfMoneyIsLeftToItsOwnCheck() {
        innocent(Keys.rekey("trackpay_payments", "client_id", "CASCADE"));
    }

    @Test
    void theRuleOnUpdateDoesNotMatter() {
        innocent(Keys.rekey("trackpay_activities", "user_id", "RESTRICT ON UPDATE CASCADE"));
    }

    @Test
    void keysNobodyDeclaredDoNotMatter() {
        innocent(
                "ALTER TABLE trackpay_relationship_audit ADD FOREIGN KEY (client_id) REFERENCES trackpay_users ON DELETE CASCADE");
    }
}
