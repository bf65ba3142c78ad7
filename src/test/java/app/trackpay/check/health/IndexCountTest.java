package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import org.junit.jupiter.api.Test;

final class IndexCountTest extends CheckTest {

    IndexCountTest() {
        super(new IndexCount());
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
    void droppingItClearsIt() {
        innocent("CREATE INDEX more ON trackpay_users (name)", "DROP INDEX more");
    }

    @Test
    void indexesOfConstraintsDoNotCount() {
        innocent("ALTER TABLE trackpay_users ADD CONSTRAINT one_email UNIQUE (email)");
    }

    @Test
    void aGuaranteeCountsOnceWhateverKeepsIt() {
        innocent(
                "DROP INDEX ux_trackpay_users_auth_user",
                "ALTER TABLE trackpay_users ADD CONSTRAINT one_login UNIQUE (auth_user_id)");
    }

    @Test
    void indexesOutsideOfTheScopeDoNotCount() {
        innocent("CREATE TABLE public.other (id int)", "CREATE INDEX o ON other (id)");
    }
}
