package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.QueryPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyUnindexedTest extends CheckTest {

    PolicyUnindexedTest() {
        super(new PolicyUnindexed());
    }

    private static final String OWN = "owner = (SELECT auth.uid())";
    private static final String BY_INDEX =
            QueryPlan.without("Seq Scan on trackpay_notes", "SELECT * FROM trackpay_notes");

    private static Case reads(String name, String... statements) {
        return Case.guilty(name, Notes.with(statements)).proof(Callers.PROVIDER, BY_INDEX, QueryPlan.REFUTED);
    }

    private static Case finds(String name, String... statements) {
        return Case.innocent(name, Notes.with(statements)).proof(Callers.PROVIDER, BY_INDEX, "-");
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                reads("no index", Notes.read(OWN)),
                reads("a list without an index", Notes.read("owner IN (SELECT auth_user_id FROM trackpay_users)")),
                reads(
                        "an alternative without an index",
                        "CREATE INDEX ON trackpay_notes (owner)",
                        Notes.read(OWN + " OR id = 1")),
                reads("an index for some rows", "CREATE INDEX ON trackpay_notes (owner) WHERE shared", Notes.read(OWN)),
                finds("an index that begins there", "CREATE INDEX ON trackpay_notes (owner, id)", Notes.read(OWN)),
                finds(
                        "an index for one of two conditions",
                        "CREATE INDEX ON trackpay_notes (owner)",
                        Notes.read(OWN + " AND id = 3")),
                finds(
                        "an index for each alternative",
                        "CREATE INDEX ON trackpay_notes (owner)",
                        "CREATE INDEX ON trackpay_notes (id)",
                        Notes.read(OWN + " OR id = 1")),
                Case.innocent("a table that the plan declares small", Notes.with(Notes.read(OWN)))
                        .with("assume: { small: [trackpay_notes] }", plan -> PlansOf.small(plan, "trackpay_notes"))
                        .proof("SELECT count(*) < 1000 FROM trackpay_notes", "t"));
    }

    @Test
    void namesTheTableAndTheColumn() {
        for (String condition : List.of(OWN, "(SELECT auth.uid()) = owner AND id > 0")) {
            Finding finding = guilty(Notes.with(Notes.read(condition)));
            assertThat(finding.object()).isEqualTo("table public.trackpay_notes");
            assertThat(finding.message()).contains("by owner,");
        }
    }

    @Test
    void anIndexThatBeginsElsewhereIsNotEnough() {
        guilty(Notes.with("CREATE INDEX ON trackpay_notes (id, owner)", Notes.read(OWN)));
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(Notes.with(Notes.read(OWN + " OR id = 1")));
    }

    @Test
    void whatNoIndexCouldFindAndWhatIsWrittenDoNotMatter() {
        innocent(Notes.with(Notes.read("shared")));
        innocent(Notes.with("CREATE POLICY p ON trackpay_notes FOR INSERT WITH CHECK (owner = auth.uid())"));
    }
}
