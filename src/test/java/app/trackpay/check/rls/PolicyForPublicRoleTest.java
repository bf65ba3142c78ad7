package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyForPublicRoleTest extends CheckTest {

    PolicyForPublicRoleTest() {
        super(new PolicyForPublicRole());
    }

    /** Where a policy for users would show a visitor nothing, this one shows what belongs to nobody. */
    private static final String SLIP = "owner IS NOT DISTINCT FROM auth.uid()";

    private static final String[] ORPHAN = Notes.with("INSERT INTO trackpay_notes VALUES (2, NULL, false)");

    private static Case asked(String name, String condition, String answer) {
        return Case.guilty(name, Notes.read(condition)).after(ORPHAN).proof(Callers.VISITOR, Notes.COUNT, answer);
    }

    private static Case sound(String name, String policy, String answer) {
        return Case.innocent(name, policy).after(ORPHAN).proof(Callers.VISITOR, Notes.COUNT, answer);
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                asked("a slip shows visitors what belongs to nobody", SLIP, "1"),
                asked("a stand-in for the missing id shows them all", "coalesce(auth.uid(), owner) = owner", "1"),
                asked("the helper is asked for visitors, who may not", "owner = current_trackpay_user_id()", "42501"),
                sound(
                        "a policy that names its role",
                        "CREATE POLICY p ON trackpay_notes FOR SELECT TO authenticated USING (" + SLIP + ")",
                        "0"),
                sound("a branch that is for everybody", Notes.read("NOT shared OR owner = auth.uid()"), "2"),
                sound(
                        "a restrictive policy takes away from everybody",
                        "CREATE POLICY p ON trackpay_notes AS RESTRICTIVE USING (" + SLIP + ")",
                        "0"),
                sound("a table that the plan declares public", Notes.read("auth.role() = 'anon'"), "2")
                        .with(
                                "assume: { public-read: [trackpay_notes] }",
                                plan -> PlansOf.publicRead(plan, "trackpay_notes")));
    }

    @Test
    void namesThePolicyThatMeansUsers() {
        String[] wide = Notes.with(Notes.read("owner = (SELECT auth.uid())"));
        Finding finding = guilty(wide);

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.object()).isEqualTo("policy public.trackpay_notes.p");
        seenAfterRepair(Notes.COUNT, PROVIDER, wide).isEqualTo("1");
    }

    @Test
    void afterTheRepairTheSlipShowsVisitorsNothing() {
        seenAfterRepair(Notes.COUNT, VISITOR, with(ORPHAN, Notes.read(SLIP))).isEqualTo("0");
    }

    @Test
    void aFunctionThatAsksIsFollowed() {
        guilty(Notes.with(
                "CREATE FUNCTION public.mine(uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = ''"
                        + " AS 'SELECT $1 = auth.uid()'",
                "CREATE POLICY p ON trackpay_notes USING (mine(owner))"));
    }

    @Test
    void aTableThatIsNotDeclaredPublicIsNot() {
        guilty(Notes.with(Notes.read("auth.role() = 'anon'")));
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(Notes.with("CREATE POLICY p ON trackpay_notes USING (owner = auth.uid())"));
    }
}
