package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class MissingColumnTest extends CheckTest {

    MissingColumnTest() {
        super(new MissingColumn());
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
    void theLoginColumnThatExportsForgetIsNamed() {
        assertThat(guilty("ALTER TABLE trackpay_users DROP COLUMN auth_user_id CASCADE")
                        .object())
                .isEqualTo("column public.trackpay_users.auth_user_id");
    }

    @Test
    void aColumnMadeInQuotesIsNotTheColumn() {
        Finding finding = guilty("ALTER TABLE trackpay_users RENAME COLUMN display_name TO \"Display_Name\"");

        assertThat(finding.message()).contains("there is \"Display_Name\"");
    }

    @Test
    void aRenamedColumnIsMissing() {
        guilty("ALTER TABLE trackpay_sessions RENAME COLUMN crew_size TO crew");
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

    @Test
    void columnsNobodyDeclaredDoNotMatter() {
        innocent("ALTER TABLE trackpay_users ADD COLUMN nickname text");
    }

    @Test
    void theOrderOfColumnsDoesNotMatter() {
        innocent(
                "ALTER TABLE trackpay_users DROP COLUMN display_name",
                "ALTER TABLE trackpay_users ADD DISPLAY_NAME text");
    }
}
