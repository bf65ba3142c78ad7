package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Severity;
import org.junit.jupiter.api.Test;

final class PolicyDeniesAllTest extends CheckTest {

    PolicyDeniesAllTest() {
        super(new PolicyDeniesAll());
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

    private void none(String... policies) {
        assertThat(guilty(with(policies)).severity()).isEqualTo(Severity.WARNING);
        answer(SEEN, with(policies), Callers.PROVIDER).isEqualTo("0");
    }

    private void some(String... policies) {
        innocent(with(policies));
        answer(SEEN, with(policies), Callers.PROVIDER).isEqualTo("1");
    }

    @Test
    void whatNobodyPassesAllowsNothing() {
        none("CREATE POLICY p ON trackpay_notes FOR SELECT USING (false)");
        none("CREATE POLICY p ON trackpay_notes FOR SELECT USING (NULL)");
        none("CREATE POLICY p ON trackpay_notes FOR SELECT USING (owner = NULL)");
        none("CREATE POLICY p ON trackpay_notes FOR SELECT");
        none("CREATE POLICY p ON trackpay_notes AS RESTRICTIVE FOR SELECT USING (owner = auth.uid())");
    }

    @Test
    void aRestrictivePolicyThatEverybodyPassesDoesNothing() {
        String[] idle = with("CREATE POLICY p ON trackpay_notes AS RESTRICTIVE FOR SELECT USING (true)");
        guilty(idle);
        repairs(idle);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(with("CREATE POLICY p ON trackpay_notes FOR SELECT USING (1 = 2)"));
    }

    @Test
    void whatSomebodyPassesIsFine() {
        some("CREATE POLICY p ON trackpay_notes FOR SELECT USING (owner = auth.uid())");
        some("CREATE POLICY p ON trackpay_notes FOR SELECT USING (owner = auth.uid() OR false)");
        some(
                "CREATE POLICY p ON trackpay_notes FOR SELECT USING (owner = auth.uid())",
                "CREATE POLICY q ON trackpay_notes AS RESTRICTIVE FOR SELECT USING (id < 5)");
    }
}
