package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class IndexInvalidTest extends CheckTest {

    IndexInvalidTest() {
        super(new IndexInvalid());
    }

    private static String invalid(String index) {
        return "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '" + index + "'::regclass";
    }

    @Test
    void namesTheIndexThatAFailedBuildLeftBehind() {
        Finding finding = guilty(invalid("idx_trackpay_invites_code"));

        assertThat(finding.object()).isEqualTo("index public.idx_trackpay_invites_code");
    }

    @Test
    void indexesNobodyDeclaredCountAsWell() {
        guilty("CREATE INDEX more ON trackpay_users (name)", invalid("more"));
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

    @Test
    void anIndexThatIsNotThereIsNotInvalid() {
        innocent("DROP INDEX idx_trackpay_invites_code");
    }
}
