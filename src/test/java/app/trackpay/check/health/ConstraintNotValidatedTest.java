package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ConstraintNotValidatedTest extends CheckTest {

    ConstraintNotValidatedTest() {
        super(new ConstraintNotValidated());
    }

    private static final String FRESH_CHECK =
            "ALTER TABLE trackpay_payments ADD CONSTRAINT method CHECK (payment_method <> 'barter') NOT VALID";

    @Test
    void namesTheConstraintThatNobodyHeldAgainstOldRows() {
        Finding finding = guilty(FRESH_CHECK);

        assertThat(finding.object()).isEqualTo("constraint public.trackpay_payments.method");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void foreignKeysCountAsWell() {
        guilty(Keys.rekey("trackpay_payments", "client_id", "RESTRICT NOT VALID"));
    }

    @Test
    void constraintsNobodyDeclaredCountAsWell() {
        guilty(
                "ALTER TABLE trackpay_relationship_audit ADD FOREIGN KEY (client_id) REFERENCES trackpay_users NOT VALID");
    }

    @Test
    void oldRowsMayBreakIt() {
        state(
                        "ALTER TABLE trackpay_payments VALIDATE CONSTRAINT method",
                        Stream.concat(
                                        Arrays.stream(Keys.ROWS),
                                        Stream.of(
                                                "UPDATE trackpay_payments SET payment_method = 'barter'", FRESH_CHECK))
                                .toArray(String[]::new))
                .isEqualTo("23514");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(FRESH_CHECK, Keys.rekey("trackpay_payments", "client_id", "RESTRICT NOT VALID"));
    }

    @Test
    void aValidatedOneIsFine() {
        innocent(FRESH_CHECK, "ALTER TABLE trackpay_payments VALIDATE CONSTRAINT method");
    }

    @Test
    void aMissingConstraintIsNotAlsoUnvalidated() {
        innocent("ALTER TABLE trackpay_payments DROP CONSTRAINT trackpay_payments_client_id_fkey");
    }

    @Test
    void constraintsOfOthersDoNotMatter() {
        innocent("CREATE TABLE public.other (id int)", "ALTER TABLE other ADD CHECK (id > 0) NOT VALID");
    }
}
