package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of the two users there are, a provider without clients sees one. */
final class PolicyWithoutRlsTest extends CheckTest {

    PolicyWithoutRlsTest() {
        super(new PolicyWithoutRls());
    }

    private static final String OFF = "ALTER TABLE trackpay_users DISABLE ROW LEVEL SECURITY";
    private static final String COUNT = "SELECT count(*) FROM trackpay_users";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("policies that are asleep", OFF).after(Keys.ROWS).proof(Callers.PROVIDER, COUNT, "2"),
                Case.guilty(
                                "FORCE alone switches nothing on",
                                OFF,
                                "ALTER TABLE trackpay_users FORCE ROW LEVEL SECURITY")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "2"),
                Case.guilty(
                                "a policy that was made before the switch was turned",
                                Notes.with(
                                        "ALTER TABLE trackpay_notes DISABLE ROW LEVEL SECURITY",
                                        "CREATE POLICY none ON trackpay_notes USING (false)"))
                        .proof(Callers.VISITOR, Notes.COUNT, "1"),
                Case.innocent("policies that are asked", Keys.ROWS).proof(Callers.PROVIDER, COUNT, "1"),
                Case.innocent(
                                "a policy that is asked and takes away",
                                "CREATE POLICY more ON trackpay_users AS RESTRICTIVE TO authenticated USING (false)")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, COUNT, "0"),
                Case.innocent(
                                "a table without policies that nobody may touch",
                                "CREATE TABLE public.trackpay_more (id int)")
                        .proof(Callers.PROVIDER, "SELECT FROM trackpay_more", "42501"));
    }

    @Test
    void namesTheTableAndThePoliciesThatNobodyAsks() {
        Finding finding = guilty(OFF);

        assertThat(finding.object()).isEqualTo("table public.trackpay_users");
        assertThat(finding.message()).contains("tp_users_select_self");
        seenAfterRepair(COUNT, PROVIDER, with(Keys.ROWS, OFF)).isEqualTo("1");
    }

    @Test
    void everyTableIsNamedOnItsOwn() {
        assertThat(findings(OFF, "ALTER TABLE trackpay_activities DISABLE ROW LEVEL SECURITY"))
                .hasSize(2);
    }

    @Test
    void tablesOfOthersDoNotMatter() {
        innocent("CREATE TABLE public.other (id int)", "CREATE POLICY p ON public.other USING (true)");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(OFF, "ALTER TABLE trackpay_activities DISABLE ROW LEVEL SECURITY");
    }
}
