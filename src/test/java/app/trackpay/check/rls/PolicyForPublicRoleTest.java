package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import org.junit.jupiter.api.Test;

final class PolicyForPublicRoleTest extends CheckTest {

    PolicyForPublicRoleTest() {
        super(new PolicyForPublicRole());
    }

    private static final String[] NOTES = {
        "CREATE TABLE public.trackpay_notes (id int, owner uuid, published boolean DEFAULT false)",
        "INSERT INTO trackpay_notes VALUES (1, 'a0000000-0000-4000-8000-000000000001'), (2, NULL)",
        "ALTER TABLE trackpay_notes ENABLE ROW LEVEL SECURITY",
        "GRANT SELECT, UPDATE, DELETE ON trackpay_notes TO anon, authenticated"
    };
    private static final String COUNT = "SELECT count(*) FROM trackpay_notes";

    @Test
    void namesThePolicyThatMeansUsers() {
        String[] wide = with(NOTES, "CREATE POLICY p ON trackpay_notes FOR SELECT USING (owner = (SELECT auth.uid()))");
        Finding finding = guilty(wide);

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.object()).isEqualTo("policy public.trackpay_notes.p");
        seen(COUNT, with(wide, PROVIDER)).isEqualTo("1");
        seenAfterRepair(COUNT, PROVIDER, wide).isEqualTo("1");
    }

    /** What the check is about: the same slip in a policy for authenticated would have shown nothing to a visitor. */
    @Test
    void oneSlipOpensItToVisitors() {
        String slip = "USING (owner IS NOT DISTINCT FROM auth.uid())";
        String[] wide = with(NOTES, "CREATE POLICY p ON trackpay_notes FOR SELECT " + slip);

        guilty(wide);
        seen(COUNT, with(wide, VISITOR)).isEqualTo("1");
        seenAfterRepair(COUNT, VISITOR, wide).isEqualTo("0");
    }

    @Test
    void theHelperAsksWhoIsLoggedInAsWell() {
        guilty(
                "CREATE POLICY p ON trackpay_payments FOR SELECT TO PUBLIC USING (provider_id = current_trackpay_user_id())");
    }

    @Test
    void aFunctionThatAsksIsFollowed() {
        guilty(with(
                NOTES,
                "CREATE FUNCTION public.mine(uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = ''"
                        + " AS 'SELECT $1 = auth.uid()'",
                "CREATE POLICY p ON trackpay_notes USING (mine(owner))"));
    }

    @Test
    void aBranchThatIsForEverybodyMeansVisitorsToo() {
        String[] wide = with(
                NOTES,
                "UPDATE trackpay_notes SET published = true WHERE id = 2",
                "CREATE POLICY p ON trackpay_notes FOR SELECT USING (published OR owner = auth.uid())");

        innocent(wide);
        seen(COUNT, with(wide, VISITOR)).isEqualTo("1");
    }

    @Test
    void aRestrictivePolicyIsBestForEverybody() {
        innocent(with(NOTES, "CREATE POLICY p ON trackpay_notes AS RESTRICTIVE USING (owner = auth.uid())"));
    }

    @Test
    void aPolicyThatNamesItsRoleIsFine() {
        String[] named = with(
                NOTES,
                "CREATE POLICY p ON trackpay_notes TO authenticated USING (owner IS NOT DISTINCT FROM auth.uid())");

        innocent(named);
        seen(COUNT, with(named, VISITOR)).isEqualTo("0");
    }

    @Test
    void aDeclaredPublicTableIsForEverybody() {
        String[] wide = with(NOTES, "CREATE POLICY p ON trackpay_notes FOR SELECT USING (auth.role() = 'anon')");

        assertThat(findings(PlansOf.publicRead(plan(), "trackpay_notes"), wide)).isEmpty();
        assertThat(findings(wide)).hasSize(1);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(with(NOTES, "CREATE POLICY p ON trackpay_notes USING (owner = auth.uid())"));
    }
}
