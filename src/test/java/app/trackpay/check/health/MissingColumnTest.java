package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingColumnTest extends CheckTest {

    MissingColumnTest() {
        super(new MissingColumn());
    }

    private static final String SHOW =
            "UPDATE trackpay_users SET display_name = 'P' WHERE name = 'P' RETURNING display_name";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a column that an export left out", "ALTER TABLE trackpay_payments DROP COLUMN session_ids")
                        .after(Keys.ROWS)
                        .proof("SELECT session_ids FROM trackpay_payments", "42703"),
                Case.guilty("the column of logins", "ALTER TABLE trackpay_users DROP COLUMN auth_user_id CASCADE")
                        .proof("SELECT public.current_trackpay_user_id()", "42703"),
                Case.guilty(
                                "a column that was made in quotes",
                                "ALTER TABLE trackpay_users RENAME COLUMN display_name TO \"Display_Name\"")
                        .after(Keys.ROWS)
                        .proof(SHOW, "42703"),
                Case.guilty(
                                "a column under another name",
                                "ALTER TABLE trackpay_users RENAME COLUMN display_name TO shown_name")
                        .after(Keys.ROWS)
                        .proof(SHOW, "42703"),
                Case.innocent("a column more", "ALTER TABLE trackpay_users ADD COLUMN nickname text")
                        .after(Keys.ROWS)
                        .proof(SHOW, "P"),
                Case.innocent(
                                "a column in capital letters without quotes, in another place",
                                "ALTER TABLE trackpay_users DROP COLUMN display_name",
                                "ALTER TABLE trackpay_users ADD DISPLAY_NAME text")
                        .after(Keys.ROWS)
                        .proof(SHOW, "P"),
                Case.innocent(
                                "a column in quotes that are not needed",
                                "ALTER TABLE trackpay_users RENAME COLUMN display_name TO other",
                                "ALTER TABLE trackpay_users RENAME COLUMN other TO \"display_name\"")
                        .after(Keys.ROWS)
                        .proof(SHOW, "P"));
    }

    @Test
    void namesTheColumnAndItsStep() {
        Finding finding = guilty("ALTER TABLE trackpay_payments DROP COLUMN session_ids");

        assertThat(finding.object()).isEqualTo("column public.trackpay_payments.session_ids");
        assertThat(finding.fix())
                .isEqualTo("run step 3.1 (trackpay_schema.sql), or mend that file where running it did not help");
        state("SELECT session_ids FROM trackpay_payments", "ALTER TABLE trackpay_payments DROP COLUMN session_ids")
                .isEqualTo("42703");
    }

    @Test
    void aColumnMadeInQuotesIsNotTheColumn() {
        Finding finding = guilty("ALTER TABLE trackpay_users RENAME COLUMN display_name TO \"Display_Name\"");

        assertThat(finding.message()).contains("there is \"Display_Name\"");
    }

    @Test
    void itsOwnSqlAddsTheColumns() {
        repairs(
                "ALTER TABLE trackpay_payments DROP COLUMN session_ids",
                "ALTER TABLE trackpay_sessions DROP COLUMN crew_size CASCADE, DROP COLUMN person_hours CASCADE");
    }

    @Test
    void aMissingTableSpeaksForItsColumns() {
        innocent("DROP TABLE trackpay_payments CASCADE");
    }
}
