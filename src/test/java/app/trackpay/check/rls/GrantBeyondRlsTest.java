package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GrantBeyondRlsTest extends CheckTest {

    GrantBeyondRlsTest() {
        super(new GrantBeyondRls());
    }

    private static final String GRANT = "GRANT TRUNCATE ON trackpay_payments TO authenticated";

    private static final String EMPTY = "TRUNCATE public.trackpay_payments";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("TRUNCATE for users", GRANT).after(Keys.ROWS).proof(Callers.STRANGER, EMPTY, "-"),
                Case.guilty(
                                "what a project of the older kind hands out",
                                "GRANT ALL ON trackpay_payments TO anon, authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, EMPTY, "-"),
                Case.guilty("TRIGGER for everybody", "GRANT TRIGGER ON trackpay_users TO PUBLIC")
                        .proof(
                                Callers.VISITOR,
                                "CREATE TRIGGER mine BEFORE UPDATE ON trackpay_users FOR EACH ROW"
                                        + " EXECUTE FUNCTION suppress_redundant_updates_trigger()",
                                "-"),
                Case.guilty(
                                "REFERENCES on one column, where users may make tables",
                                "GRANT REFERENCES (id) ON trackpay_users TO authenticated",
                                "GRANT CREATE ON SCHEMA public TO authenticated")
                        .proof(Callers.STRANGER, "CREATE TABLE public.mine (who uuid REFERENCES trackpay_users)", "-"),
                Case.innocent(
                                "the commands of the app, which the policies cover",
                                "GRANT SELECT, INSERT, UPDATE, DELETE ON trackpay_payments TO authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, EMPTY, "42501"),
                Case.innocent(
                                "a grant in a schema that is shut",
                                GRANT,
                                "REVOKE USAGE ON SCHEMA public FROM PUBLIC, authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, EMPTY, "42501"),
                Case.innocent("everything for the server's own role", "GRANT ALL ON trackpay_payments TO service_role")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, EMPTY, "42501"),
                Case.innocent(
                                "a view, which nobody can empty",
                                "CREATE VIEW public.trackpay_view AS SELECT 1 AS n",
                                "GRANT ALL ON trackpay_view TO anon")
                        .proof(Callers.VISITOR, "TRUNCATE trackpay_view", "42809"));
    }

    @Test
    void namesWhoMayEmptyTheTable() {
        Finding finding = guilty(GRANT);

        assertThat(finding.object()).isEqualTo("table public.trackpay_payments");
        assertThat(finding.message()).contains("TRUNCATE (authenticated)");
        state("TRUNCATE trackpay_payments", PROVIDER).isEqualTo("42501");
        state("TRUNCATE trackpay_payments", GRANT, PROVIDER).isEqualTo("00000");
    }

    @Test
    void whatAnOldProjectHandsOutIsNamed() {
        assertThat(guilty("GRANT ALL ON trackpay_payments TO anon, authenticated")
                        .message())
                .contains(
                        "TRUNCATE (anon, authenticated), REFERENCES (anon, authenticated), TRIGGER (anon, authenticated)");
        state("TRUNCATE trackpay_payments", "GRANT ALL ON trackpay_payments TO anon", VISITOR)
                .isEqualTo("00000");
    }

    @Test
    void grantsToEverybodyCount() {
        guilty("GRANT TRIGGER ON trackpay_users TO PUBLIC");
        seen(
                        "SELECT has_table_privilege('trackpay_users', 'TRIGGER')",
                        "GRANT TRIGGER ON trackpay_users TO PUBLIC",
                        VISITOR)
                .isEqualTo("t");
    }

    @Test
    void grantsOnOneColumnAndByMembershipCount() {
        guilty("GRANT REFERENCES (id) ON trackpay_users TO authenticated");
        guilty(
                "CREATE ROLE rules_cleaners",
                "GRANT rules_cleaners TO authenticated WITH INHERIT TRUE",
                "GRANT TRUNCATE ON trackpay_payments TO rules_cleaners");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(
                "GRANT ALL ON trackpay_payments TO anon, authenticated",
                "GRANT TRIGGER ON trackpay_users TO PUBLIC",
                "GRANT REFERENCES (id) ON trackpay_sessions TO authenticated");
    }
}
