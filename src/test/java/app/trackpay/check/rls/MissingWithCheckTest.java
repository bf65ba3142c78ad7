package app.trackpay.check.rls;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import org.junit.jupiter.api.Test;

final class MissingWithCheckTest extends CheckTest {

    MissingWithCheckTest() {
        super(new MissingWithCheck());
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

    private static final String READ = "CREATE POLICY s ON trackpay_notes FOR SELECT USING (true)";
    private static final String GIVE = "UPDATE trackpay_notes SET owner = NULL";

    private void givesAway(String policy) {
        guilty(with(READ, policy));
        state(GIVE, with(READ, policy, Callers.PROVIDER[0], Callers.PROVIDER[1]))
                .isEqualTo("00000");
    }

    private void keeps(String policy) {
        innocent(with(READ, policy));
        state(GIVE, with(READ, policy, Callers.PROVIDER[0], Callers.PROVIDER[1]))
                .isEqualTo("42501");
    }

    @Test
    void aWeakerCheckLetsRowsGo() {
        givesAway(
                "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid()) WITH CHECK (true)");
        givesAway(
                "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid()) WITH CHECK (id = 1)");
        givesAway(
                "CREATE POLICY p ON trackpay_notes TO authenticated USING (owner = auth.uid()) WITH CHECK (auth.uid() IS NOT NULL)");
        givesAway(
                "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid() AND id > 0) WITH CHECK (owner = auth.uid() OR NOT shared)");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(with("CREATE POLICY p ON trackpay_notes USING (owner = (SELECT auth.uid())) WITH CHECK (true)"));
    }

    /** PostgreSQL takes USING where WITH CHECK is left out. */
    @Test
    void leavingItOutOrAskingForMoreIsFine() {
        keeps("CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid())");
        keeps(
                "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid()) WITH CHECK (auth.uid() = owner)");
        keeps(
                "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = (SELECT auth.uid()) AND NOT shared) WITH CHECK (owner = auth.uid())");
        keeps(
                "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid() OR shared) WITH CHECK (owner = auth.uid())");
    }

    @Test
    void aGrantOnOtherColumnsProtectsTheOwner() {
        String[] grants = {
            "REVOKE UPDATE ON trackpay_notes FROM anon, authenticated",
            "GRANT UPDATE (shared) ON trackpay_notes TO authenticated"
        };
        String policy =
                "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid()) WITH CHECK (true)";
        innocent(with(READ, grants[0], grants[1], policy));
        state(GIVE, with(READ, grants[0], grants[1], policy, Callers.PROVIDER[0], Callers.PROVIDER[1]))
                .isEqualTo("42501");
    }

    @Test
    void aRestrictivePolicyMayAskForIt() {
        String policy =
                "CREATE POLICY p ON trackpay_notes FOR UPDATE TO authenticated USING (owner = auth.uid()) WITH CHECK (true)";
        String restrictive =
                "CREATE POLICY r ON trackpay_notes AS RESTRICTIVE FOR UPDATE TO authenticated USING (owner = auth.uid())";
        innocent(with(READ, policy, restrictive));
        state(GIVE, with(READ, policy, restrictive, Callers.PROVIDER[0], Callers.PROVIDER[1]))
                .isEqualTo("42501");
    }
}
