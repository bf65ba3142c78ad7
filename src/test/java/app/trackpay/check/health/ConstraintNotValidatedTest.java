package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConstraintNotValidatedTest extends CheckTest {

    ConstraintNotValidatedTest() {
        super(new ConstraintNotValidated());
    }

    private static final String FRESH_CHECK =
            "ALTER TABLE trackpay_payments ADD CONSTRAINT method CHECK (payment_method <> 'barter') NOT VALID";

    private static final String BARTER = "SELECT count(*) FROM trackpay_payments WHERE payment_method = 'barter'";
    private static final String VALIDATE = "ALTER TABLE trackpay_payments VALIDATE CONSTRAINT method";
    private static final String TO_NOBODY =
            "SELECT count(*) FROM trackpay_payments p WHERE NOT EXISTS (SELECT FROM trackpay_users u WHERE u.id = p.client_id)";
    private static final String[] STRAY = {
        "ALTER TABLE trackpay_payments DROP CONSTRAINT trackpay_payments_client_id_fkey",
        "UPDATE trackpay_payments SET client_id = gen_random_uuid()"
    };

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty(
                                "a condition that an old row breaks",
                                "UPDATE trackpay_payments SET payment_method = 'barter'",
                                FRESH_CHECK)
                        .after(Keys.ROWS)
                        .proof(BARTER, "1"),
                Case.guilty(
                                "a foreign key with an old row that points to nobody",
                                with(
                                        STRAY,
                                        "ALTER TABLE trackpay_payments ADD FOREIGN KEY (client_id) REFERENCES trackpay_users ON DELETE RESTRICT NOT VALID"))
                        .after(Keys.ROWS)
                        .proof(TO_NOBODY, "1"),
                Case.guilty(
                                "a foreign key that nobody declared, with an old row that points to nobody",
                                "INSERT INTO trackpay_relationship_audit (provider_id, client_id, action) VALUES (gen_random_uuid(), gen_random_uuid(), 'deleted')",
                                "ALTER TABLE trackpay_relationship_audit ADD FOREIGN KEY (client_id) REFERENCES trackpay_users NOT VALID")
                        .proof(
                                "SELECT count(*) FROM trackpay_relationship_audit a LEFT JOIN trackpay_users u ON u.id = a.client_id WHERE u.id IS NULL",
                                "1"),
                Case.innocent("a condition that was held against the old rows", FRESH_CHECK, VALIDATE)
                        .after(Keys.ROWS)
                        .proof("UPDATE trackpay_payments SET payment_method = 'barter'", "23514"),
                Case.innocent("a condition that every row had to pass at once", FRESH_CHECK.replace(" NOT VALID", ""))
                        .after(Keys.ROWS)
                        .proof("UPDATE trackpay_payments SET payment_method = 'barter'", "23514"),
                Case.innocent(
                                "a foreign key that is asked at commit",
                                Keys.rekey("trackpay_payments", "client_id", "NO ACTION DEFERRABLE INITIALLY DEFERRED"))
                        .after(Keys.ROWS)
                        .proof(TO_NOBODY, "0"));
    }

    @Test
    void namesTheConstraintThatNobodyHeldAgainstOldRows() {
        Finding finding = guilty(FRESH_CHECK);

        assertThat(finding.object()).isEqualTo("constraint public.trackpay_payments.method");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(FRESH_CHECK, Keys.rekey("trackpay_payments", "client_id", "RESTRICT NOT VALID"));
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
