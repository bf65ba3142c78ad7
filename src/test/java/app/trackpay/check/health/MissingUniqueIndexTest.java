package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class MissingUniqueIndexTest extends CheckTest {

    MissingUniqueIndexTest() {
        super(new MissingUniqueIndex());
    }

    private static final String DROP = "DROP INDEX ux_trackpay_users_auth_user";
    private static final String USER = "INSERT INTO auth.users (id) VALUES ('a0000000-0000-4000-8000-000000000001')";
    private static final String GHOST = "INSERT INTO trackpay_users (auth_user_id, role, name) VALUES"
            + " ('a0000000-0000-4000-8000-000000000001', 'client', 'A'),"
            + " ('a0000000-0000-4000-8000-000000000001', 'provider', 'B')";

    private void guiltyAndLetsGhostsIn(String message, String... statements) {
        Finding finding = guilty(statements);
        assertThat(finding.object()).isEqualTo("unique public.trackpay_users (auth_user_id)");
        assertThat(finding.message()).contains(message);
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.6");
        String[] all = Arrays.copyOf(statements, statements.length + 1);
        all[statements.length] = USER;
        state(GHOST, all).isEqualTo("00000");
    }

    private void innocentAndKeepsGhostsOut(String... statements) {
        innocent(statements);
        String[] all = Arrays.copyOf(statements, statements.length + 1);
        all[statements.length] = USER;
        state(GHOST, all).isEqualTo("23505");
    }

    @Test
    void anAbsentIndexLetsTwoUsersShareALogin() {
        guiltyAndLetsGhostsIn("nothing keeps (auth_user_id) unique", DROP);
    }

    @Test
    void anIndexThatIsNotUniqueGuaranteesNothing() {
        guiltyAndLetsGhostsIn(
                "is not a unique index",
                DROP,
                "CREATE INDEX ux_trackpay_users_auth_user ON trackpay_users (auth_user_id)");
    }

    @Test
    void aPartialIndexGuaranteesItForSomeRows() {
        guiltyAndLetsGhostsIn(
                "is partial",
                DROP,
                "CREATE UNIQUE INDEX ux_trackpay_users_auth_user ON trackpay_users (auth_user_id) WHERE role = 'provider'");
    }

    @Test
    void moreColumnsAreAWeakerGuarantee() {
        guiltyAndLetsGhostsIn(
                "is on public.trackpay_users (auth_user_id, role)",
                DROP,
                "CREATE UNIQUE INDEX ux_trackpay_users_auth_user ON trackpay_users (auth_user_id, role)");
    }

    @Test
    void anExpressionIsNotTheColumn() {
        guiltyAndLetsGhostsIn(
                "nothing keeps",
                DROP,
                "CREATE UNIQUE INDEX ux_trackpay_users_auth_user ON trackpay_users ((auth_user_id::text || role))");
    }

    @Test
    void anInvalidIndexGuaranteesNothing() {
        Finding finding = guilty(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ux_trackpay_users_auth_user'::regclass");

        assertThat(finding.message()).contains("is invalid");
    }

    @Test
    void itsOwnSqlRepairsAnAbsentOne() {
        repairs(DROP);
    }

    @Test
    void itsOwnSqlReplacesAWeakerOne() {
        repairs(DROP, "CREATE INDEX ux_trackpay_users_auth_user ON trackpay_users (auth_user_id)");
    }

    @Test
    void itsOwnSqlWorksBesideAConstraintOfTheName() {
        repairs(
                DROP,
                "ALTER TABLE trackpay_users ADD CONSTRAINT ux_trackpay_users_auth_user UNIQUE (auth_user_id, role)");
    }

    @Test
    void aConstraintGivesTheSameGuarantee() {
        innocentAndKeepsGhostsOut(DROP, "ALTER TABLE trackpay_users ADD CONSTRAINT one_login UNIQUE (auth_user_id)");
    }

    @Test
    void anIndexOfAnotherNameGivesTheSameGuarantee() {
        innocentAndKeepsGhostsOut(DROP, "CREATE UNIQUE INDEX other ON trackpay_users (AUTH_USER_ID) INCLUDE (role)");
    }

    @Test
    void aPrimaryKeyGivesTheSameGuarantee() {
        innocent("ALTER TABLE trackpay_relationships DROP CONSTRAINT trackpay_relationships_provider_id_client_id_key,"
                + " DROP CONSTRAINT trackpay_relationships_pkey, ADD PRIMARY KEY (provider_id, client_id)");
    }

    @Test
    void theOrderOfColumnsDoesNotMatterToAGuarantee() {
        innocent(
                "ALTER TABLE trackpay_relationships DROP CONSTRAINT trackpay_relationships_provider_id_client_id_key",
                "CREATE UNIQUE INDEX ON trackpay_relationships (client_id, provider_id)");
    }

    @Test
    void aMissingColumnSpeaksForItsGuarantee() {
        innocent("ALTER TABLE trackpay_users DROP COLUMN auth_user_id CASCADE");
    }
}
