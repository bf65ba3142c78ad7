package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class ColumnTypeTest extends CheckTest {

    ColumnTypeTest() {
        super(new ColumnType());
    }

    @Test
    void textWhereUuidIsDeclaredIsNamed() {
        Finding finding =
                guilty("ALTER TABLE trackpay_payments ALTER session_ids DROP DEFAULT, ALTER session_ids TYPE text[]");

        assertThat(finding.object()).isEqualTo("column public.trackpay_payments.session_ids");
        assertThat(finding.message()).contains("is text[], the plan declares uuid[]");
    }

    @Test
    void anotherPrecisionOfMoneyIsNamed() {
        Finding finding = guilty("ALTER TABLE trackpay_payments ALTER amount TYPE numeric(10,1)");

        assertThat(finding.message()).contains("numeric(10,1)", "numeric(10,2)");
    }

    @Test
    void moneyWithoutPrecisionIsNamed() {
        guilty("ALTER TABLE trackpay_payments ALTER amount TYPE numeric");
    }

    @Test
    void aTimeWithoutZoneIsNamed() {
        guilty("ALTER TABLE trackpay_users ALTER created_at TYPE timestamp");
    }

    @Test
    void oneValueWhereAListIsDeclaredIsNamed() {
        guilty("ALTER TABLE trackpay_payments ALTER session_ids DROP DEFAULT,"
                + " ALTER session_ids TYPE uuid USING session_ids[1]");
    }

    @Test
    void theTypeOfThePlanClearsIt() {
        innocent(
                "ALTER TABLE trackpay_payments ALTER amount TYPE numeric(10,1)",
                "ALTER TABLE trackpay_payments ALTER amount TYPE numeric(10,2)");
    }

    @Test
    void otherNamesOfTheSameTypeAreTheSameType() {
        innocent(
                "ALTER TABLE trackpay_payments ALTER amount TYPE DECIMAL(10,2), ALTER payment_date TYPE timestamptz",
                "ALTER TABLE trackpay_users DROP COLUMN hourly_rate, ADD hourly_rate dec (10, 2)");
    }

    @Test
    void aMissingColumnIsNotAlsoOfTheWrongType() {
        innocent("ALTER TABLE trackpay_payments DROP COLUMN session_ids");
    }

    @Test
    void anArrayOfAnyBoundsIsTheSameType() {
        innocent("ALTER TABLE trackpay_payments ALTER session_ids DROP DEFAULT, ALTER session_ids TYPE uuid[3]");
    }
}
