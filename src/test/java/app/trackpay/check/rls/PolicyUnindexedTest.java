package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class PolicyUnindexedTest extends CheckTest {

    PolicyUnindexedTest() {
        super(new PolicyUnindexed());
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

    private static String policy(String condition) {
        return "CREATE POLICY p ON trackpay_notes FOR SELECT USING (" + condition + ")";
    }

    private static String plan(String condition, String... more) {
        try (var trial = database()
                .trial()
                .run(with(policy(condition)))
                .run(more)
                .run("SET LOCAL enable_seqscan = off")
                .run(Callers.PROVIDER)) {
            return trial.rows("EXPLAIN SELECT * FROM trackpay_notes");
        }
    }

    @Test
    void aColumnWithoutAnIndexMakesEveryQueryReadTheTable() {
        for (String condition : new String[] {
            "owner = (SELECT auth.uid())",
            "owner IN (SELECT auth_user_id FROM trackpay_users)",
            "(SELECT auth.uid()) = owner AND id > 0"
        }) {
            Finding finding = guilty(with(policy(condition)));
            assertThat(finding.object()).isEqualTo("table public.trackpay_notes");
            assertThat(finding.message()).contains("by owner,");
            assertThat(plan(condition)).contains("Seq Scan on trackpay_notes");
        }
    }

    @Test
    void eachAlternativeNeedsOne() {
        guilty(with("CREATE INDEX ON trackpay_notes (owner)", policy("owner = (SELECT auth.uid()) OR id = 1")));
        guilty(with("CREATE INDEX ON trackpay_notes (id, owner)", policy("owner = (SELECT auth.uid())")));
        guilty(with("CREATE INDEX ON trackpay_notes (owner) WHERE shared", policy("owner = (SELECT auth.uid())")));
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(with(policy("owner = (SELECT auth.uid()) OR id = 1")));
    }

    @Test
    void anIndexThatBeginsThereIsEnough() {
        String index = "CREATE INDEX ON trackpay_notes (owner, id)";
        innocent(with(index, policy("owner = (SELECT auth.uid())")));
        assertThat(plan("owner = (SELECT auth.uid())", index)).contains("Index");
        innocent(with(index, policy("owner = (SELECT auth.uid()) AND id = 3")));
        innocent(with(policy("shared")));
        innocent(with("CREATE POLICY p ON trackpay_notes FOR INSERT WITH CHECK (owner = auth.uid())"));
    }
}
