package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Severity;
import org.junit.jupiter.api.Test;

final class PolicyAlwaysTrueTest extends CheckTest {

    PolicyAlwaysTrueTest() {
        super(new PolicyAlwaysTrue());
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

    @Test
    void whateverIsAlwaysTrueOpensEverything() {
        for (String condition : new String[] {
            "true",
            "1 = 1",
            "owner = auth.uid() OR true",
            "NOT false",
            "coalesce(NULL, true)",
            "CASE WHEN true THEN true END",
            "NULL IS NULL"
        }) {
            String[] open = with("CREATE POLICY p ON trackpay_notes FOR SELECT USING (" + condition + ")");
            assertThat(guilty(open).severity()).as(condition).isEqualTo(Severity.ERROR);
            answer(SEEN, open, Callers.VISITOR).isEqualTo("1");
        }
    }

    @Test
    void readingForWhoIsLoggedInIsAWarning() {
        String[] open = with("CREATE POLICY p ON trackpay_notes FOR SELECT TO authenticated USING (true)");
        assertThat(guilty(open).severity()).isEqualTo(Severity.WARNING);
        answer(SEEN, open, Callers.STRANGER).isEqualTo("1");
        answer(SEEN, open, Callers.VISITOR).isEqualTo("0");
    }

    @Test
    void beingLoggedInIsNoReasonToWrite() {
        String[] open = with(
                "CREATE POLICY s ON trackpay_notes FOR SELECT TO authenticated USING (owner = auth.uid() OR shared)",
                "CREATE POLICY p ON trackpay_notes FOR INSERT TO authenticated WITH CHECK (auth.uid() IS NOT NULL)");
        assertThat(guilty(open).severity()).isEqualTo(Severity.ERROR);
        answer("SELECT 1", open, Callers.STRANGER, new String[] {
                    "INSERT INTO trackpay_notes VALUES (2, 'a0000000-0000-4000-8000-000000000001', true)"
                })
                .isEqualTo("1");
    }

    @Test
    void theRoleOfTheTokenIsNoCondition() {
        guilty(with("CREATE POLICY p ON trackpay_notes FOR DELETE USING (auth.role() = 'authenticated')"));
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(with(
                "CREATE POLICY p ON trackpay_notes USING (true)",
                "CREATE POLICY q ON trackpay_notes FOR INSERT WITH CHECK (1 = 1)"));
    }

    @Test
    void aRestrictivePolicyMayHoldTheRowsBack() {
        String[] held = with(
                "CREATE POLICY p ON trackpay_notes FOR SELECT USING (true)",
                "CREATE POLICY q ON trackpay_notes AS RESTRICTIVE FOR SELECT USING (owner = auth.uid())");
        innocent(held);
        answer(SEEN, held, Callers.STRANGER).isEqualTo("0");
    }

    @Test
    void anInsertWithoutWithCheckDenies() {
        String[] denied = with("CREATE POLICY p ON trackpay_notes FOR INSERT TO authenticated");
        innocent(denied);
        answer("SELECT pg_catalog.count(*) FROM pg_policies WHERE policyname = 'p' AND with_check IS NULL", denied)
                .isEqualTo("1");
        state(
                        "INSERT INTO trackpay_notes VALUES (2)",
                        with("CREATE POLICY p ON trackpay_notes FOR INSERT TO authenticated", Callers.STRANGER[0]))
                .isEqualTo("42501");
    }

    @Test
    void whatDependsOnTheRowOrTheServerIsFine() {
        String[] bound = with("CREATE POLICY p ON trackpay_notes FOR SELECT USING (owner = auth.uid() OR shared)");
        innocent(bound);
        answer(SEEN, bound, Callers.STRANGER).isEqualTo("0");
        innocent(with("CREATE POLICY p ON trackpay_notes TO service_role USING (true)"));
    }
}
