package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
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

    private static String index(String rest) {
        return "CREATE UNIQUE INDEX ux_trackpay_users_auth_user ON trackpay_users " + rest;
    }

    /** Two users share a login. */
    private static Case letsGhostsIn(String name, String... statements) {
        return Case.guilty(name, statements).after(USER).proof(GHOST, "-");
    }

    private static Case keepsGhostsOut(String name, String... statements) {
        return Case.innocent(name, statements).after(USER).proof(GHOST, "23505");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                letsGhostsIn("no index", DROP),
                letsGhostsIn(
                        "an index that is not unique",
                        DROP,
                        index("(auth_user_id)").replace("UNIQUE ", "")),
                letsGhostsIn("an index for some rows", DROP, index("(auth_user_id) WHERE role = 'provider'")),
                letsGhostsIn("an index on more columns", DROP, index("(auth_user_id, role)")),
                letsGhostsIn("an index on an expression", DROP, index("((auth_user_id::text || role))")),
                letsGhostsIn(
                        "a constraint of the name on more columns",
                        DROP,
                        "ALTER TABLE trackpay_users ADD CONSTRAINT ux_trackpay_users_auth_user UNIQUE (auth_user_id, role)"),
                keepsGhostsOut("the index"),
                keepsGhostsOut(
                        "a constraint",
                        DROP,
                        "ALTER TABLE trackpay_users ADD CONSTRAINT one_login UNIQUE (auth_user_id)"),
                keepsGhostsOut(
                        "an index of another name with more stored columns",
                        DROP,
                        "CREATE UNIQUE INDEX other ON trackpay_users (AUTH_USER_ID) INCLUDE (role)"),
                Case.innocent(
                                "the columns in another order",
                                "ALTER TABLE trackpay_relationships DROP CONSTRAINT trackpay_relationships_provider_id_client_id_key",
                                "CREATE UNIQUE INDEX ON trackpay_relationships (client_id, provider_id)")
                        .after(Keys.ROWS)
                        .proof(TWICE, "23505"),
                Case.innocent(
                                "a primary key",
                                "ALTER TABLE trackpay_relationships DROP CONSTRAINT trackpay_relationships_provider_id_client_id_key,"
                                        + " DROP CONSTRAINT trackpay_relationships_pkey, ADD PRIMARY KEY (provider_id, client_id)")
                        .after(Keys.ROWS)
                        .proof(TWICE, "23505"));
    }

    private static final String TWICE = "INSERT INTO trackpay_relationships (provider_id, client_id) SELECT"
            + " 'b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002' FROM generate_series(1, 2)";

    @Test
    void saysWhatIsThereInstead() {
        assertThat(guilty(DROP)).satisfies(finding -> {
            assertThat(finding.object()).isEqualTo("unique public.trackpay_users (auth_user_id)");
            assertThat(finding.message()).contains("nothing keeps (auth_user_id) unique");
            assertThat(finding.step().orElseThrow().id()).isEqualTo("3.6");
        });
        assertThat(guilty(DROP, index("(auth_user_id)").replace("UNIQUE ", "")).message())
                .contains("is not a unique index");
        assertThat(guilty(DROP, index("(auth_user_id) WHERE role = 'provider'")).message())
                .contains("is partial");
        assertThat(guilty(DROP, index("(auth_user_id, role)")).message())
                .contains("is on public.trackpay_users (auth_user_id, role)");
    }

    @Test
    void whatShowsItCountsWhatIsThereTwice() {
        String shows = guilty(DROP).shows().orElseThrow();
        try (var trial = database().trial().run(DROP, USER, GHOST)) {
            assertThat(trial.rows(shows)).isEqualTo("public.trackpay_users (auth_user_id)|null|1");
        }
    }

    @Test
    void anInvalidIndexGuaranteesNothing() {
        Finding finding = guilty(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ux_trackpay_users_auth_user'::regclass");

        assertThat(finding.message()).contains("is invalid");
    }

    @Test
    void aMissingColumnSpeaksForItsGuarantee() {
        innocent("ALTER TABLE trackpay_users DROP COLUMN auth_user_id CASCADE");
    }
}
