package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MissingForeignKeyTest extends CheckTest {

    MissingForeignKeyTest() {
        super(new MissingForeignKey());
    }

    private static final String DROP =
            "ALTER TABLE trackpay_payments DROP CONSTRAINT trackpay_payments_session_id_fkey";
    private static final String STRAY =
            "INSERT INTO trackpay_payments (provider_id, client_id, session_id, amount) VALUES"
                    + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002', gen_random_uuid(), 1)";

    private static String[] withRows(String... statements) {
        return Stream.concat(Arrays.stream(Keys.ROWS), Arrays.stream(statements))
                .toArray(String[]::new);
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("no key", DROP).after(Keys.ROWS).proof(STRAY, "-"),
                Case.guilty(
                                "a key that NULL in another column switches off",
                                DROP,
                                "ALTER TABLE trackpay_sessions ADD CONSTRAINT s UNIQUE (id, notes)",
                                "ALTER TABLE trackpay_payments ADD FOREIGN KEY (session_id, notes) REFERENCES trackpay_sessions (id, notes)")
                        .after(Keys.ROWS)
                        .proof(STRAY, "-"),
                Case.guilty(
                                "a key of another column",
                                DROP,
                                "ALTER TABLE trackpay_payments ADD other_session uuid REFERENCES trackpay_sessions ON DELETE RESTRICT")
                        .after(Keys.ROWS)
                        .proof(STRAY, "-"),
                Case.innocent(
                                "a key under another name",
                                "ALTER TABLE trackpay_payments RENAME CONSTRAINT trackpay_payments_session_id_fkey TO paid_session")
                        .after(Keys.ROWS)
                        .proof(STRAY, "23503"),
                Case.innocent(
                                "a wider key that binds every row",
                                DROP,
                                "ALTER TABLE trackpay_sessions ADD CONSTRAINT s UNIQUE (id, client_id)",
                                "ALTER TABLE trackpay_payments ADD FOREIGN KEY (session_id, client_id) REFERENCES trackpay_sessions (id, client_id)")
                        .after(Keys.ROWS)
                        .proof(STRAY, "23503"),
                Case.innocent(
                                "a key that is not validated yet: it binds new rows",
                                DROP,
                                "ALTER TABLE trackpay_payments ADD FOREIGN KEY (session_id) REFERENCES trackpay_sessions NOT VALID")
                        .after(Keys.ROWS)
                        .proof(STRAY, "23503"),
                Case.innocent(
                                "a key with another delete rule",
                                Keys.rekey("trackpay_payments", "session_id", "trackpay_sessions", "CASCADE"))
                        .after(Keys.ROWS)
                        .proof(STRAY, "23503"));
    }

    @Test
    void namesTheColumnAndTheLastStepThatDeclaresIt() {
        Finding finding = guilty(DROP);

        assertThat(finding.object()).isEqualTo("foreign key public.trackpay_payments.session_id");
        assertThat(finding.fix())
                .isEqualTo(
                        "run step 3.3 (20251015_fix_session_fk_cascades.sql), or mend that file where running it did not help");
        state(STRAY, withRows()).isEqualTo("23503");
        state(STRAY, withRows(DROP)).isEqualTo("00000");
    }

    @Test
    void aKeyToAnotherTableIsSaid() {
        Finding finding = guilty(
                DROP, "ALTER TABLE trackpay_payments ADD FOREIGN KEY (session_id) REFERENCES trackpay_requests (id)");

        assertThat(finding.message()).contains("there is: FOREIGN KEY (session_id) REFERENCES", "trackpay_requests");
    }

    @Test
    void aNullableColumnBesideOneThatIsNotSwitchesAKeyOff() {
        guilty(
                "ALTER TABLE trackpay_payments DROP CONSTRAINT trackpay_payments_client_id_fkey",
                "ALTER TABLE trackpay_users ADD CONSTRAINT u UNIQUE (id, display_name)",
                "ALTER TABLE trackpay_payments ADD FOREIGN KEY (client_id, notes) REFERENCES trackpay_users (id, display_name)");
    }

    @Test
    void theKeyToTheLoginsIsOneOfThem() {
        assertThat(guilty("ALTER TABLE trackpay_users DROP CONSTRAINT trackpay_users_auth_user_id_fkey")
                        .object())
                .isEqualTo("foreign key public.trackpay_users.auth_user_id");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(DROP, "ALTER TABLE trackpay_users DROP CONSTRAINT trackpay_users_auth_user_id_fkey");
    }

    @Test
    void aMissingTableOrColumnSpeaksForItsKeys() {
        innocent("DROP TABLE trackpay_sessions CASCADE", "ALTER TABLE trackpay_invites DROP COLUMN claimed_by");
    }
}
