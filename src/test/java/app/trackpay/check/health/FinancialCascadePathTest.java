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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each label is proved: the delete at the start of the path is run, and the money counted. */
final class FinancialCascadePathTest extends CheckTest {

    private static final String LOGIN_CASCADE = Keys.rekey("trackpay_users", "auth_user_id", "auth.users", "CASCADE");
    private static final String CLOSE_ACCOUNT = "DELETE FROM auth.users";
    private static final String MONEY =
            "SELECT (SELECT count(*) FROM trackpay_payments) + (SELECT count(*) FROM trackpay_sessions)";

    FinancialCascadePathTest() {
        super(new FinancialCascadePath());
    }

    private static String moneyAfter(String delete, String... broken) {
        try (Trial trial = database().trial().run(Keys.ROWS).run(broken)) {
            String state = trial.stateOf(delete);
            return state.equals("00000") ? trial.run(delete).answer(MONEY) : state;
        }
    }

    private void loses(String path, String delete, String... broken) {
        Finding finding = guilty(broken);
        assertThat(finding.message()).contains(path);
        assertThat(moneyAfter(delete, broken)).isIn("0", "1");
    }

    private void keeps(String delete, String... unbroken) {
        innocent(unbroken);
        assertThat(moneyAfter(delete, unbroken)).isIn("2", "23001", "23503");
    }

    private static String[] freePayments(String... more) {
        return Stream.concat(
                        Stream.of(
                                "ALTER TABLE trackpay_payments DROP CONSTRAINT trackpay_payments_client_id_fkey,"
                                        + " DROP CONSTRAINT trackpay_payments_provider_id_fkey",
                                "ALTER TABLE trackpay_sessions DROP CONSTRAINT trackpay_sessions_client_id_fkey"),
                        Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static final String[] BATCH = {
        "ALTER TABLE trackpay_sessions DROP CONSTRAINT trackpay_sessions_provider_id_fkey",
        "CREATE TABLE public.app_batches (id int PRIMARY KEY, owner uuid REFERENCES trackpay_users ON DELETE CASCADE)",
        "INSERT INTO app_batches SELECT 1, id FROM trackpay_users WHERE role = 'provider'",
        "ALTER TABLE trackpay_payments ADD batch int REFERENCES app_batches ON DELETE CASCADE",
        "UPDATE trackpay_payments SET batch = 1"
    };

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty(
                                "a closed account that takes work along",
                                "DELETE FROM trackpay_payments",
                                LOGIN_CASCADE,
                                Keys.rekey("trackpay_sessions", "provider_id", "CASCADE"))
                        .after(Keys.ROWS)
                        .proof(new String[] {CLOSE_ACCOUNT}, MONEY, "0"),
                Case.guilty(
                                "a closed account that takes work and payments along",
                                freePayments(
                                        LOGIN_CASCADE,
                                        Keys.rekey("trackpay_sessions", "provider_id", "CASCADE"),
                                        Keys.rekey("trackpay_payments", "session_id", "trackpay_sessions", "CASCADE")))
                        .after(Keys.ROWS)
                        .proof(new String[] {CLOSE_ACCOUNT}, MONEY, "0"),
                Case.guilty("a new table between users and payments", freePayments(BATCH))
                        .after(Keys.ROWS)
                        .proof(new String[] {DELETE_PROVIDER}, MONEY, "1"),
                Case.guilty(
                                "a key that is asked at commit, when it is too late",
                                batchesOfTheProvider("NO ACTION DEFERRABLE INITIALLY DEFERRED"))
                        .after(Keys.ROWS)
                        .proof(new String[] {DELETE_PROVIDER}, MONEY, "1"),
                Case.innocent("a strict last key", LOGIN_CASCADE)
                        .after(Keys.ROWS)
                        .proof(CLOSE_ACCOUNT, "23503"),
                Case.innocent(
                                "a strict key in the middle",
                                LOGIN_CASCADE,
                                Keys.rekey("trackpay_payments", "session_id", "trackpay_sessions", "CASCADE"))
                        .after(Keys.ROWS)
                        .proof(CLOSE_ACCOUNT, "23503"),
                Case.innocent(
                                "a key that checks at the end of the statement",
                                LOGIN_CASCADE,
                                Keys.rekey("trackpay_sessions", "provider_id", "NO ACTION"),
                                Keys.rekey("trackpay_payments", "provider_id", "NO ACTION"))
                        .after(Keys.ROWS)
                        .proof(CLOSE_ACCOUNT, "23503"),
                Case.innocent("a strict key on the very values of the chain", batchesOfTheProvider("RESTRICT"))
                        .after(Keys.ROWS)
                        .proof(DELETE_PROVIDER, "23503"),
                Case.innocent(
                                "a chain that ends in cutting money off",
                                LOGIN_CASCADE,
                                "ALTER TABLE trackpay_sessions ALTER provider_id DROP NOT NULL",
                                "ALTER TABLE trackpay_payments ALTER provider_id DROP NOT NULL",
                                Keys.rekey("trackpay_sessions", "provider_id", "SET NULL"),
                                Keys.rekey("trackpay_payments", "provider_id", "SET NULL"))
                        .after(Keys.ROWS)
                        .proof(new String[] {CLOSE_ACCOUNT}, MONEY, "2"));
    }

    @Test
    void aClosedAccountThatTakesWorkAlongIsPrintedWhole() {
        loses(
                "auth.users → trackpay_users (CASCADE trackpay_users_auth_user_id_fkey)"
                        + " → trackpay_sessions (CASCADE trackpay_sessions_provider_id_fkey)",
                CLOSE_ACCOUNT,
                "DELETE FROM trackpay_payments",
                LOGIN_CASCADE,
                Keys.rekey("trackpay_sessions", "provider_id", "CASCADE"));
    }

    @Test
    void aSecondKeyBesideTheStrictOneIsDropped() {
        String[] second = {
            LOGIN_CASCADE,
            "ALTER TABLE trackpay_sessions ADD CONSTRAINT old FOREIGN KEY (provider_id) REFERENCES trackpay_users ON DELETE CASCADE"
        };

        assertThat(guilty(second).repair()).contains("ALTER TABLE public.trackpay_sessions DROP CONSTRAINT old;");
        repairs(second);
    }

    @Test
    void aChainOverThreeKeysIsPrintedWhole() {
        String[] broken = freePayments(
                LOGIN_CASCADE,
                Keys.rekey("trackpay_sessions", "provider_id", "CASCADE"),
                Keys.rekey("trackpay_payments", "session_id", "trackpay_sessions", "CASCADE"));

        assertThat(findings(broken))
                .extracting(Finding::message)
                .anySatisfy(message -> assertThat(message)
                        .contains("auth.users → trackpay_users", "→ trackpay_sessions", "→ trackpay_payments"));
        assertThat(moneyAfter(CLOSE_ACCOUNT, broken)).isEqualTo("0");
    }

    @Test
    void aNewTableBetweenIsNamed() {
        loses(
                "trackpay_users → app_batches (CASCADE app_batches_owner_fkey) → trackpay_payments",
                "DELETE FROM trackpay_users WHERE role = 'provider'",
                freePayments(
                        "ALTER TABLE trackpay_sessions DROP CONSTRAINT trackpay_sessions_provider_id_fkey",
                        "CREATE TABLE public.app_batches (id int PRIMARY KEY, owner uuid REFERENCES trackpay_users ON DELETE CASCADE)",
                        "INSERT INTO app_batches SELECT 1, id FROM trackpay_users WHERE role = 'provider'",
                        "ALTER TABLE trackpay_payments ADD batch int REFERENCES app_batches ON DELETE CASCADE",
                        "UPDATE trackpay_payments SET batch = 1"));
    }

    private static final String OWNED_BATCHES = "CREATE TABLE public.app_batches (id int PRIMARY KEY,"
            + " owner uuid REFERENCES trackpay_users ON DELETE CASCADE, UNIQUE (id, owner))";
    private static final String DELETE_CLIENT = "DELETE FROM trackpay_users WHERE role = 'client'";
    private static final String DELETE_PROVIDER = "DELETE FROM trackpay_users WHERE role = 'provider'";

    private static String strictProvider(String rule) {
        return "ALTER TABLE trackpay_payments ADD FOREIGN KEY (provider_id) REFERENCES trackpay_users ON DELETE "
                + rule;
    }

    /** A payment of one provider in the batch of somebody else. */
    @Test
    void aStrictKeyOnOtherValuesProvesNothing() {
        loses(
                "trackpay_users → app_batches",
                DELETE_CLIENT,
                freePayments(
                        "ALTER TABLE trackpay_sessions DROP CONSTRAINT trackpay_sessions_provider_id_fkey",
                        OWNED_BATCHES,
                        "INSERT INTO app_batches SELECT 1, id FROM trackpay_users WHERE role = 'client'",
                        "ALTER TABLE trackpay_payments ADD batch int REFERENCES app_batches ON DELETE CASCADE",
                        "UPDATE trackpay_payments SET batch = 1",
                        strictProvider("RESTRICT")));
    }

    private static String[] batchesOfTheProvider(String rule) {
        return freePayments(
                "ALTER TABLE trackpay_sessions DROP CONSTRAINT trackpay_sessions_provider_id_fkey",
                OWNED_BATCHES,
                "INSERT INTO app_batches SELECT 1, id FROM trackpay_users WHERE role = 'provider'",
                "ALTER TABLE trackpay_payments ADD batch int, ADD FOREIGN KEY (batch, provider_id)"
                        + " REFERENCES app_batches (id, owner) ON DELETE CASCADE",
                "UPDATE trackpay_payments SET batch = 1",
                strictProvider(rule));
    }

    @Test
    void aStrictKeyOnTheVeryValuesOfTheChainBlocksIt() {
        keeps(DELETE_PROVIDER, batchesOfTheProvider("RESTRICT"));
        keeps(DELETE_PROVIDER, batchesOfTheProvider("NO ACTION"));
    }

    @Test
    void theEndOfABlockedChainIsNamedByItself() {
        loses(
                "app_batches → app_drafts (CASCADE app_drafts_batch_fkey) → trackpay_payments",
                "DELETE FROM app_batches",
                freePayments(
                        "ALTER TABLE trackpay_sessions DROP CONSTRAINT trackpay_sessions_provider_id_fkey",
                        OWNED_BATCHES,
                        "INSERT INTO app_batches SELECT 1, id FROM trackpay_users WHERE role = 'provider'",
                        "CREATE TABLE public.app_drafts (id int PRIMARY KEY, batch int, owner uuid, UNIQUE (id, owner),"
                                + " CONSTRAINT app_drafts_batch_fkey FOREIGN KEY (batch, owner) REFERENCES app_batches (id, owner)"
                                + " ON DELETE CASCADE)",
                        "INSERT INTO app_drafts SELECT 1, id, owner FROM app_batches",
                        "ALTER TABLE trackpay_payments ADD draft int, ADD FOREIGN KEY (draft, provider_id)"
                                + " REFERENCES app_drafts (id, owner) ON DELETE CASCADE",
                        "UPDATE trackpay_payments SET draft = 1",
                        strictProvider("RESTRICT")));
    }

    @Test
    void anExceptionForTheLastKeyDoesNotCoverTheChain() {
        Plan plan = exempt("trackpay_sessions.provider_id");
        String[] broken = {LOGIN_CASCADE, Keys.rekey("trackpay_sessions", "provider_id", "CASCADE")};

        assertThat(findings(plan, broken)).hasSize(1);
    }

    @Test
    void exceptionsForEveryKeyOfTheChainCoverIt() {
        Plan plan = exempt("trackpay_sessions.provider_id", "trackpay_users.auth_user_id");
        String[] broken = {LOGIN_CASCADE, Keys.rekey("trackpay_sessions", "provider_id", "CASCADE")};

        assertThat(findings(plan, broken)).isEmpty();
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(LOGIN_CASCADE, Keys.rekey("trackpay_sessions", "provider_id", "CASCADE"));
    }

    @Test
    void oneKeyAloneIsNoChain() {
        innocent(Keys.rekey("trackpay_payments", "client_id", "CASCADE"));
    }

    @Test
    void aTableThatPointsToItselfIsNoEndlessChain() {
        innocent("ALTER TABLE trackpay_activities ADD parent uuid REFERENCES trackpay_activities ON DELETE CASCADE");
    }

    private Plan exempt(String... columns) {
        Plan plan = plan();
        List<Exemption> exceptions = Arrays.stream(columns)
                .map(c -> c.split("\\."))
                .map(c -> new Exemption(new ColumnName(new QualifiedName("public", c[0]), c[1]), "test data only"))
                .toList();
        return Plans.with(plan, new Financial(plan.financial().tables(), exceptions));
    }
}
