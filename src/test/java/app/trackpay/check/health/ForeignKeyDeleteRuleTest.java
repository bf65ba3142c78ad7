package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForeignKeyDeleteRuleTest extends CheckTest {

    ForeignKeyDeleteRuleTest() {
        super(new ForeignKeyDeleteRule());
    }

    private static final String[] AUTHOR = {
        "INSERT INTO auth.users (id) VALUES ('a0000000-0000-4000-8000-000000000003')",
        "INSERT INTO trackpay_users (id, auth_user_id, role, name) VALUES"
                + " ('b0000000-0000-4000-8000-000000000003', 'a0000000-0000-4000-8000-000000000003', 'client', 'A')",
    };
    private static final String ACTIVITY =
            "INSERT INTO trackpay_activities (user_id, provider_id, client_id, session_id, activity_type)"
                    + " SELECT 'b0000000-0000-4000-8000-000000000003', provider_id, client_id, id, 'note' FROM trackpay_sessions";
    private static final String INVITE = "INSERT INTO trackpay_invites (provider_id, client_id)"
            + " SELECT provider_id, 'b0000000-0000-4000-8000-000000000003' FROM trackpay_sessions";
    private static final String DELETE_AUTHOR =
            "DELETE FROM trackpay_users WHERE id = 'b0000000-0000-4000-8000-000000000003'";

    private static String[] written(String... rest) {
        return with(with(with(Keys.ROWS, AUTHOR), ACTIVITY), rest);
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty(
                                "a note that goes with its author",
                                written(Keys.rekey("trackpay_activities", "user_id", "CASCADE")))
                        .proof(new String[] {DELETE_AUTHOR}, "SELECT count(*) FROM trackpay_activities", "0"),
                Case.guilty(
                                "a user who goes with the login",
                                with(
                                        with(Keys.ROWS, AUTHOR),
                                        Keys.rekey("trackpay_users", "auth_user_id", "auth.users", "CASCADE")))
                        .proof(
                                new String[] {"DELETE FROM auth.users WHERE id = 'a0000000-0000-4000-8000-000000000003'"
                                },
                                "SELECT count(*) FROM trackpay_users",
                                "2"),
                Case.guilty(
                                "a rule that is stricter than declared",
                                written(
                                        "DELETE FROM trackpay_payments",
                                        Keys.rekey(
                                                "trackpay_activities", "session_id", "trackpay_sessions", "RESTRICT")))
                        .proof("DELETE FROM trackpay_sessions", "23503"),
                Case.guilty(
                                "an invite that outlives whom it was for",
                                with(
                                        with(Keys.ROWS, AUTHOR),
                                        INVITE,
                                        Keys.rekey("trackpay_invites", "client_id", "RESTRICT")))
                        .proof(DELETE_AUTHOR, "23503"),
                Case.innocent(
                                "a cascade that is declared",
                                with(
                                        with(Keys.ROWS, AUTHOR),
                                        INVITE,
                                        Keys.rekey("trackpay_invites", "client_id", "CASCADE")))
                        .proof(new String[] {DELETE_AUTHOR}, "SELECT count(*) FROM trackpay_invites", "0"),
                Case.innocent(
                                "another rule on update",
                                written(Keys.rekey("trackpay_activities", "user_id", "RESTRICT ON UPDATE CASCADE")))
                        .proof(DELETE_AUTHOR, "23503"),
                Case.innocent(
                                "the declared rule under another name",
                                written(
                                        "ALTER TABLE trackpay_activities RENAME CONSTRAINT trackpay_activities_user_id_fkey TO author"))
                        .proof(DELETE_AUTHOR, "23503"));
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
    void noActionIsNotRestrict() {
        guilty(Keys.rekey("trackpay_payments", "client_id", "NO ACTION"));
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
    void aCascadeOfMoneyIsLeftToItsOwnCheck() {
        innocent(Keys.rekey("trackpay_payments", "client_id", "CASCADE"));
    }

    @Test
    void keysNobodyDeclaredDoNotMatter() {
        innocent(
                "ALTER TABLE trackpay_relationship_audit ADD FOREIGN KEY (client_id) REFERENCES trackpay_users ON DELETE CASCADE");
    }
}
