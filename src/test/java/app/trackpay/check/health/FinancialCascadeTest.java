package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.plan.Financial;
import app.trackpay.plan.Financial.Exemption;
import app.trackpay.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FinancialCascadeTest extends CheckTest {

    private static final String DELETE_SESSION = "DELETE FROM trackpay_sessions";
    private static final String SESSION_CASCADE =
            Keys.rekey("trackpay_payments", "session_id", "trackpay_sessions", "CASCADE");

    FinancialCascadeTest() {
        super(new FinancialCascade());
    }

    /** How many payments are left after a delete that works, and the error of one that does not. */
    private static String paymentsAfter(String delete, String... broken) {
        try (Trial trial = database().trial().run(broken).run(Keys.ROWS)) {
            String state = trial.stateOf(delete);
            return state.equals("00000") ? trial.run(delete).answer("SELECT count(*) FROM trackpay_payments") : state;
        }
    }

    private static final String[] SESSIONS_GO = {"DELETE FROM trackpay_sessions"};
    private static final String LEFT = "SELECT count(*) FROM trackpay_payments";
    private static final String APPROVER = "b0000000-0000-4000-8000-000000000003";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a payment that goes with its session", SESSION_CASCADE)
                        .after(Keys.ROWS)
                        .proof(SESSIONS_GO, LEFT, "0"),
                Case.guilty(
                                "a second key that is older than the strict one, and so is asked first",
                                SESSION_CASCADE,
                                "ALTER TABLE trackpay_payments ADD FOREIGN KEY (session_id) REFERENCES trackpay_sessions ON DELETE RESTRICT")
                        .after(Keys.ROWS)
                        .proof(SESSIONS_GO, LEFT, "0"),
                Case.guilty(
                                "a key that nobody declared",
                                "INSERT INTO trackpay_users (id, role, name) VALUES ('" + APPROVER
                                        + "', 'provider', 'A')",
                                "ALTER TABLE trackpay_payments ADD approved_by uuid REFERENCES trackpay_users ON DELETE CASCADE",
                                "UPDATE trackpay_payments SET approved_by = '" + APPROVER + "'")
                        .after(Keys.ROWS)
                        .proof(new String[] {"DELETE FROM trackpay_users WHERE id = '" + APPROVER + "'"}, LEFT, "0"),
                Case.guilty(
                                "a payment that is handed to somebody else",
                                "INSERT INTO trackpay_users (id, role, name) VALUES ('" + APPROVER
                                        + "', 'client', 'A')",
                                "UPDATE trackpay_payments SET client_id = '" + APPROVER + "'",
                                "ALTER TABLE trackpay_payments ALTER client_id SET DEFAULT 'b0000000-0000-4000-8000-000000000002'",
                                Keys.rekey("trackpay_payments", "client_id", "SET DEFAULT"))
                        .after(Keys.ROWS)
                        .proof(
                                new String[] {"DELETE FROM trackpay_users WHERE id = '" + APPROVER + "'"},
                                "SELECT client_id FROM trackpay_payments",
                                "b0000000-0000-4000-8000-000000000002"),
                Case.innocent(
                                "a payment that loses its session and stays",
                                Keys.rekey("trackpay_payments", "session_id", "trackpay_sessions", "SET NULL"))
                        .after(Keys.ROWS)
                        .proof(SESSIONS_GO, LEFT, "1"),
                Case.innocent(
                                "a cascade of an updated key",
                                Keys.rekey(
                                        "trackpay_payments",
                                        "session_id",
                                        "trackpay_sessions",
                                        "RESTRICT ON UPDATE CASCADE"))
                        .after(Keys.ROWS)
                        .proof("DELETE FROM trackpay_sessions", "23503"),
                Case.innocent(
                                "a cascade of a table that holds no money",
                                Keys.rekey("trackpay_activities", "session_id", "trackpay_sessions", "CASCADE"))
                        .after(Keys.ROWS)
                        .proof("DELETE FROM trackpay_sessions", "23503"),
                Case.innocent("a payment that goes with its session, declared with a reason", SESSION_CASCADE)
                        .after(Keys.ROWS)
                        .with(
                                "financial: exceptions: trackpay_payments.session_id",
                                plan -> Plans.with(
                                        plan,
                                        new Financial(
                                                plan.financial().tables(),
                                                List.of(new Exemption(
                                                        new ColumnName(
                                                                new QualifiedName("public", "trackpay_payments"),
                                                                "session_id"),
                                                        "test data only")))))
                        .proof(SESSIONS_GO, "SELECT count(*) FROM trackpay_users", "2"));
    }

    @Test
    void namesTheKeyThatTakesPaymentsAlong() {
        Finding finding = guilty(SESSION_CASCADE);

        assertThat(finding.object())
                .isEqualTo("foreign key public.trackpay_payments.trackpay_payments_session_id_fkey");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.3");
        assertThat(paymentsAfter(DELETE_SESSION, SESSION_CASCADE)).isEqualTo("0");
    }

    @Test
    void aSecondKeyBesideTheStrictOneIsNamed() {
        Finding finding = guilty(
                "ALTER TABLE trackpay_payments ADD CONSTRAINT old FOREIGN KEY (client_id) REFERENCES trackpay_users ON DELETE CASCADE");

        assertThat(finding.object()).endsWith(".old");
    }

    @Test
    void setDefaultHandsPaymentsToSomebodyElse() {
        Finding finding = guilty(Keys.rekey("trackpay_payments", "client_id", "SET DEFAULT"));

        assertThat(finding.message()).contains("SET DEFAULT", "reassigns");
    }

    @Test
    void aPartitionOfAFinancialTableIsFinancial() {
        guilty(
                "DROP TABLE trackpay_requests CASCADE",
                "CREATE TABLE public.trackpay_requests (id uuid, client_id uuid) PARTITION BY HASH (id)",
                "CREATE TABLE public.requests_0 PARTITION OF trackpay_requests FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                "ALTER TABLE requests_0 ADD FOREIGN KEY (client_id) REFERENCES trackpay_users ON DELETE CASCADE");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(SESSION_CASCADE, Keys.rekey("trackpay_requests", "client_id", "SET DEFAULT"));
        // RESTRICT has a state of its own since 18
        assertThat(paymentsAfter(DELETE_SESSION)).isIn("23503", "23001");
    }

    @Test
    void aSecondKeyBesideTheStrictOneIsDropped() {
        String[] second = {
            "ALTER TABLE trackpay_payments ADD CONSTRAINT old FOREIGN KEY (session_id) REFERENCES trackpay_sessions ON DELETE CASCADE"
        };

        Finding finding = guilty(second);

        assertThat(finding.repair()).contains("ALTER TABLE public.trackpay_payments DROP CONSTRAINT old;");
        assertThat(finding.fix())
                .isEqualTo("drop old: trackpay_payments_session_id_fkey beside it keeps the same reference ON DELETE"
                        + " RESTRICT");
        repairs(second);
        assertThat(paymentsAfter(DELETE_SESSION, second[0], finding.repair().orElseThrow()))
                .isIn("23503", "23001");
    }

    @Test
    void ofTwoKeysNobodyDeclaredTheStrictOneStays() {
        String[] two = {
            "ALTER TABLE trackpay_payments ADD approved_by uuid REFERENCES trackpay_users ON DELETE RESTRICT",
            "ALTER TABLE trackpay_payments ADD CONSTRAINT old FOREIGN KEY (approved_by) REFERENCES trackpay_users ON DELETE CASCADE"
        };

        assertThat(guilty(two).repair()).contains("ALTER TABLE public.trackpay_payments DROP CONSTRAINT old;");
        repairs(two);
    }

    @Test
    void theStrictKeyOfAnotherColumnDoesNotStandInForIt() {
        String[] other = {
            "ALTER TABLE trackpay_payments ADD approved_by uuid REFERENCES trackpay_users ON DELETE CASCADE"
        };

        assertThat(guilty(other).repair().orElseThrow()).contains("ADD CONSTRAINT", "ON DELETE RESTRICT");
        repairs(other);
    }

    @Test
    void aDeclaredExceptionIsFine() {
        Plan plan = plan();
        Exemption exemption = new Exemption(
                new ColumnName(new QualifiedName("public", "trackpay_payments"), "session_id"), "test data only");

        assertThat(findings(
                        Plans.with(plan, new Financial(plan.financial().tables(), List.of(exemption))),
                        SESSION_CASCADE))
                .isEmpty();
    }
}
