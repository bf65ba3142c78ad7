package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Severity;
import org.junit.jupiter.api.Test;

final class PolicyUserMetadataTest extends CheckTest {

    PolicyUserMetadataTest() {
        super(new PolicyUserMetadata());
    }

    private static final String[] NOTES = {
        "CREATE TABLE public.trackpay_notes (id int, owner uuid REFERENCES auth.users, shared boolean)",
        "ALTER TABLE trackpay_notes ENABLE ROW LEVEL SECURITY",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON trackpay_notes TO anon, authenticated",
        "INSERT INTO auth.users (id) VALUES ('a0000000-0000-4000-8000-000000000001')",
        "INSERT INTO trackpay_notes VALUES (1, 'a0000000-0000-4000-8000-000000000001', false)"
    };

    private static final String SEEN = "SELECT count(*) FROM trackpay_notes";

    private static String[] with(String... policies) {
        return java.util.stream.Stream.of(NOTES, policies)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }

    private void believes(String condition) {
        String[] policy = with("CREATE POLICY p ON trackpay_notes FOR SELECT USING (" + condition + ")");
        assertThat(guilty(policy).severity()).isEqualTo(Severity.ERROR);
        // the caller's user_metadata says admin, because the caller wrote it there
        answer(SEEN, policy, Callers.STRANGER).isEqualTo("1");
    }

    private void doubts(String condition) {
        String[] policy = with("CREATE POLICY p ON trackpay_notes FOR SELECT USING (" + condition + ")");
        innocent(policy);
        answer(SEEN, policy, Callers.STRANGER).isEqualTo("0");
    }

    @Test
    void userMetadataIsWhatTheUserSays() {
        believes("auth.jwt() -> 'user_metadata' ->> 'role' = 'admin'");
        believes("auth.jwt() #>> '{user_metadata,role}' = 'admin'");
        believes("(SELECT auth.jwt()) -> 'user_metadata' ->> 'role' = 'admin'");
        believes("current_setting('request.jwt.claims', true)::jsonb -> 'user_metadata' ->> 'role' = 'admin'");
        believes("jsonb_extract_path_text(auth.jwt(), 'user_metadata', 'role') = 'admin'");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(
                with(
                        "CREATE POLICY p ON trackpay_notes USING (auth.jwt() -> 'user_metadata' ->> 'role' = 'admin')",
                        "CREATE POLICY q ON trackpay_notes FOR SELECT USING (auth.jwt() #>> '{user_metadata,role}' = 'admin')"));
    }

    @Test
    void whatTheServerWritesIsFine() {
        doubts("auth.jwt() -> 'app_metadata' ->> 'role' = 'admin'");
        doubts("auth.jwt() #>> '{app_metadata,role}' = 'admin'");
        doubts("auth.jwt() -> 'app_metadata' ->> 'user_metadata' = 'admin'");
        doubts("'user_metadata' = auth.role()");
    }
}
