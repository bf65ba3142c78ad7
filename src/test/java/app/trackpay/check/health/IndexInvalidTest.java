package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IndexInvalidTest extends CheckTest {

    IndexInvalidTest() {
        super(new IndexInvalid());
    }

    private static String invalid(String index) {
        return "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '" + index + "'::regclass";
    }

    private static final String MORE = "CREATE INDEX more ON trackpay_users (name)";

    /** How the server goes about a query when it may not read the whole table. */
    private static Case by(Case other, String condition, String plan) {
        return other.proof(
                new String[] {
                    "SET LOCAL enable_seqscan = off",
                    "SET LOCAL enable_bitmapscan = off",
                    "SET LOCAL enable_indexonlyscan = off"
                },
                "EXPLAIN (COSTS OFF) SELECT * FROM " + condition,
                plan);
    }

    private static final String BY_NAME = "trackpay_users WHERE name = 'P'";
    private static final String NAME_INDEX =
            "Index Scan using more on trackpay_users\n  Index Cond: (name = 'P'::text)";

    @Override
    protected List<Case> cases() {
        return List.of(
                by(
                        Case.guilty("an index of the plan", invalid("idx_trackpay_activities_user")),
                        "trackpay_activities WHERE user_id = 'b0000000-0000-4000-8000-000000000001'",
                        "Seq Scan on trackpay_activities\n  Filter: (user_id = 'b0000000-0000-4000-8000-000000000001'::uuid)"),
                by(
                        Case.guilty("an index that no step provides", MORE, invalid("more")),
                        BY_NAME,
                        "Seq Scan on trackpay_users\n  Filter: (name = 'P'::text)"),
                by(
                        Case.guilty(
                                "one of two indexes on a table",
                                MORE,
                                "CREATE INDEX mail ON trackpay_users (email)",
                                invalid("mail")),
                        "trackpay_users WHERE email = 'P'",
                        "Seq Scan on trackpay_users\n  Filter: (email = 'P'::text)"),
                by(Case.innocent("an index that is valid", MORE), BY_NAME, NAME_INDEX),
                by(
                        Case.innocent("an index that was built again", MORE, invalid("more"), "REINDEX INDEX more"),
                        BY_NAME,
                        NAME_INDEX),
                by(
                        Case.innocent(
                                "an invalid index that was dropped for a new one",
                                MORE,
                                invalid("more"),
                                "DROP INDEX more",
                                MORE),
                        BY_NAME,
                        NAME_INDEX));
    }

    @Test
    void namesTheIndexThatAFailedBuildLeftBehind() {
        Finding finding = guilty(invalid("idx_trackpay_invites_code"));

        assertThat(finding.object()).isEqualTo("index public.idx_trackpay_invites_code");
    }

    @Test
    void whatReindexLeftBehindIsDropped() {
        String[] leftOver = {
            "CREATE INDEX idx_trackpay_invites_code_ccnew ON trackpay_invites (invite_code)",
            invalid("idx_trackpay_invites_code_ccnew")
        };

        assertThat(guilty(leftOver).repair()).contains("DROP INDEX public.idx_trackpay_invites_code_ccnew;");
        repairs(leftOver);
    }

    @Test
    void itsOwnSqlBuildsItAgain() {
        repairs(invalid("idx_trackpay_invites_code"), invalid("idx_trackpay_activities_user"));
    }

    @Test
    void anInvalidGuaranteeIsLeftToTheCheckOfGuarantees() {
        innocent(invalid("ux_trackpay_users_auth_user"));
    }

    @Test
    void indexesOfOthersDoNotMatter() {
        innocent("CREATE TABLE public.other (id int)", "CREATE INDEX o ON other (id)", invalid("o"));
    }
}
