package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IndexCountTest extends CheckTest {

    IndexCountTest() {
        super(new IndexCount());
    }

    private static final String TWICE = "INSERT INTO trackpay_users (auth_user_id, role, name)"
            + " SELECT auth_user_id, role, name FROM trackpay_users WHERE auth_user_id IS NOT NULL";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("an index that no step provides", "CREATE INDEX more ON trackpay_users (name)")
                        .proof("DROP INDEX more", "-"),
                Case.guilty("an index under another name", "ALTER INDEX idx_trackpay_invites_code RENAME TO by_code")
                        .proof("DROP INDEX idx_trackpay_invites_code", "42704"),
                Case.guilty("a guarantee that is gone", "DROP INDEX ux_trackpay_users_auth_user")
                        .after(Keys.ROWS)
                        .proof(TWICE, "-"),
                Case.innocent(
                                "one index too many that was dropped",
                                "CREATE INDEX more ON trackpay_users (name)",
                                "DROP INDEX more")
                        .proof("DROP INDEX more", "42704"),
                Case.innocent(
                                "an index that only serves a constraint",
                                "ALTER TABLE trackpay_users ADD CONSTRAINT one_email UNIQUE (email)")
                        .proof("DROP INDEX one_email", "2BP01"),
                Case.innocent(
                                "a guarantee that a constraint keeps",
                                "DROP INDEX ux_trackpay_users_auth_user",
                                "ALTER TABLE trackpay_users ADD CONSTRAINT one_login UNIQUE (auth_user_id)")
                        .after(Keys.ROWS)
                        .proof(TWICE, "23505"),
                Case.innocent(
                                "an index on a table outside of the scope",
                                "CREATE TABLE public.other (id int)",
                                "CREATE INDEX o ON other (id)")
                        .proof("DROP INDEX more", "42704"));
    }

    @Test
    void anIndexThatNoStepProvidesIsUnexpected() {
        Finding finding = guilty("CREATE INDEX more ON trackpay_users (name)");

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.message()).contains("1 UNEXPECTED", "public.more");
    }

    @Test
    void anIndexUnderAnotherNameIsMissingAndUnexpected() {
        assertThat(guilty("ALTER INDEX idx_trackpay_invites_code RENAME TO by_code")
                        .message())
                .contains("1 MISSING, 1 UNEXPECTED", "public.by_code", "public.idx_trackpay_invites_code");
    }

    @Test
    void aMissingGuaranteeIsCounted() {
        assertThat(guilty("DROP INDEX ux_trackpay_users_auth_user").message()).contains("1 MISSING");
    }

    @Test
    void indexesOutsideOfTheScopeDoNotCount() {
        innocent("CREATE TABLE public.other (id int)", "CREATE INDEX o ON other (id)");
    }
}
