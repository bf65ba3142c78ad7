package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Severity;
import org.junit.jupiter.api.Test;

final class PolicyInitplanTest extends CheckTest {

    PolicyInitplanTest() {
        super(new PolicyInitplan());
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

    private static final String PLAN = "EXPLAIN (FORMAT json) SELECT * FROM trackpay_notes";

    private void everyRow(String condition) {
        String[] policy = with("CREATE POLICY p ON trackpay_notes FOR SELECT USING (" + condition + ")");
        assertThat(guilty(policy).severity()).isEqualTo(Severity.WARNING);
        answer(PLAN, policy, Callers.PROVIDER).doesNotContain("InitPlan");
        repairs(policy);
    }

    private void once(String condition) {
        String[] policy = with("CREATE POLICY p ON trackpay_notes FOR SELECT USING (" + condition + ")");
        innocent(policy);
        answer(PLAN, policy, Callers.PROVIDER).contains("InitPlan");
    }

    @Test
    void aBareCallIsMadeForEveryRow() {
        everyRow("owner = auth.uid()");
        everyRow("auth.role() = 'authenticated' AND owner = auth.uid()");
        everyRow("owner = ANY (ARRAY[auth.uid()])");
    }

    @Test
    void theHelperIsACallAsWell() {
        guilty("CREATE POLICY p ON trackpay_sessions FOR SELECT USING (client_id = current_trackpay_user_id())");
    }

    @Test
    void aSubSelectIsEvaluatedOnce() {
        once("owner = (SELECT auth.uid())");
        once("(SELECT auth.role()) = 'authenticated' AND shared");
        once("owner = (SELECT u.auth_user_id FROM trackpay_users u WHERE u.auth_user_id = auth.uid())");
    }

    @Test
    void aWrittenRowIsOneRow() {
        innocent(with("CREATE POLICY p ON trackpay_notes FOR INSERT WITH CHECK (owner = auth.uid())"));
    }
}
