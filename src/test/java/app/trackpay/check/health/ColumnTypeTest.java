package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.ReferenceDatabase.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnTypeTest extends CheckTest {

    ColumnTypeTest() {
        super(new ColumnType());
    }

    private static final String PAY = "UPDATE trackpay_payments SET amount = 10.255 RETURNING amount";
    private static final String AT =
            "UPDATE trackpay_payments SET payment_date = '2026-03-01 12:00:00+05' RETURNING payment_date = '2026-03-01 07:00:00+00'::timestamptz";
    private static final String SETTLE =
            "UPDATE trackpay_payments SET session_ids = '{not-a-session}' RETURNING session_ids";

    private static String retype(String column, String type) {
        return "ALTER TABLE trackpay_payments ALTER " + column + " DROP DEFAULT, ALTER " + column + " TYPE " + type;
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty(
                                "text where ids are declared",
                                retype("session_ids", "text[]"),
                                "ALTER TABLE trackpay_payments ALTER session_ids SET DEFAULT '{}'")
                        .after(Keys.ROWS)
                        .proof(SETTLE, "{not-a-session}"),
                Case.guilty("money with a digit less", retype("amount", "numeric(10,1)"))
                        .after(Keys.ROWS)
                        .proof(PAY, "10.3"),
                Case.guilty("money without a precision", retype("amount", "numeric"))
                        .after(Keys.ROWS)
                        .proof(PAY, "10.255"),
                Case.guilty("a time without a zone", retype("payment_date", "timestamp"))
                        .after(with(Keys.ROWS, "SET LOCAL TIME ZONE 'UTC'"))
                        .proof(AT, "f"),
                Case.innocent("another name of the same type", retype("amount", "DECIMAL(10,2)"))
                        .after(Keys.ROWS)
                        .proof(PAY, "10.26"),
                Case.innocent("another name of a time with a zone", retype("payment_date", "timestamptz"))
                        .after(with(Keys.ROWS, "SET LOCAL TIME ZONE 'UTC'"))
                        .proof(AT, "t"),
                Case.innocent("an array with a bound, which the server does not keep", retype("session_ids", "uuid[3]"))
                        .after(Keys.ROWS)
                        .proof(SETTLE, "22P02"),
                Case.innocent(
                                "a type that was changed and changed back",
                                retype("amount", "numeric(10,1)"),
                                retype("amount", "numeric(10,2)"))
                        .after(Keys.ROWS)
                        .proof(PAY, "10.26"));
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
    void oneValueWhereAListIsDeclaredIsNamed() {
        guilty("ALTER TABLE trackpay_payments ALTER session_ids DROP DEFAULT,"
                + " ALTER session_ids TYPE uuid USING session_ids[1]");
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
    void itsOwnSqlRefusesToLoseADigit() {
        String[] wide =
                with(Keys.ROWS, retype("amount", "numeric(10,4)"), "UPDATE trackpay_payments SET amount = 10.1234");

        try (Trial trial = database().trial().run(wide)) {
            Finding finding = new ColumnType()
                    .findings(plan(), trial.catalog())
                    .findFirst()
                    .orElseThrow();

            assertThat(trial.stateOf(finding.repair().orElseThrow())).isEqualTo("P0001");
        }
    }
}
