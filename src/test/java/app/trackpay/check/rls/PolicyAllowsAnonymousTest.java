package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Severity;
import org.junit.jupiter.api.Test;

final class PolicyAllowsAnonymousTest extends CheckTest {

    PolicyAllowsAnonymousTest() {
        super(new PolicyAllowsAnonymous());
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

    private void open(String condition) {
        String[] policy = with("CREATE POLICY p ON trackpay_notes FOR SELECT USING (" + condition + ")");
        assertThat(guilty(policy).severity()).isEqualTo(Severity.ERROR);
        answer(SEEN, policy, Callers.VISITOR).isEqualTo("1");
    }

    private void closed(String condition) {
        String[] policy = with("CREATE POLICY p ON trackpay_notes FOR SELECT USING (" + condition + ")");
        innocent(policy);
        answer(SEEN, policy, Callers.VISITOR).isEqualTo("0");
    }

    @Test
    void nobodyPassesWhereTheirMissingIdIsEnough() {
        open("auth.uid() IS NULL OR owner = auth.uid()");
        open("owner = auth.uid() OR (SELECT auth.uid()) IS NULL");
        open("(auth.uid() IS NULL OR owner = auth.uid()) AND id > 0");
        open("NOT (auth.uid() IS NOT NULL) OR owner = auth.uid()");
        open("(auth.jwt() ->> 'sub') IS NULL OR owner = auth.uid()");
        open("CASE WHEN auth.uid() IS NULL THEN true ELSE owner = auth.uid() END");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(with("CREATE POLICY p ON trackpay_notes USING (auth.uid() IS NULL OR owner = auth.uid())"));
    }

    @Test
    void askingForAnIdOrForTheRowIsFine() {
        closed("auth.uid() IS NOT NULL AND owner = auth.uid()");
        closed("owner = auth.uid()");
        closed("auth.uid() IS NULL AND shared OR owner = auth.uid()");
        closed("owner IS NULL OR owner = auth.uid()");
    }
}
