package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RlsWithoutPolicyTest extends CheckTest {

    RlsWithoutPolicyTest() {
        super(new RlsWithoutPolicy());
    }

    private static final String[] PARTS = {
        "CREATE TABLE public.trackpay_more (id int) PARTITION BY LIST (id)",
        "CREATE TABLE public.trackpay_more_1 PARTITION OF trackpay_more FOR VALUES IN (1)",
        "INSERT INTO trackpay_more VALUES (1)",
        "ALTER TABLE trackpay_more ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE trackpay_more_1 ENABLE ROW LEVEL SECURITY",
        "GRANT SELECT ON trackpay_more, trackpay_more_1 TO authenticated"
    };
    private static final String LOST =
            "DROP POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit";
    private static final String AUDIT =
            "INSERT INTO trackpay_relationship_audit (provider_id, client_id, action) VALUES"
                    + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002', 'deleted')";
    private static final String COUNT_AUDIT = "SELECT count(*) FROM trackpay_relationship_audit";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a table that nobody made policies for", Notes.TABLE)
                        .proof(Callers.PROVIDER, Notes.COUNT, "0"),
                Case.guilty("a table that lost its policies", with(Keys.ROWS, AUDIT, LOST))
                        .proof(Callers.PROVIDER, COUNT_AUDIT, "0"),
                Case.guilty("the root of partitions", PARTS)
                        .proof(Callers.PROVIDER, "SELECT count(*) FROM trackpay_more", "0"),
                Case.innocent("one policy is enough", Notes.with(Notes.read("owner = auth.uid()")))
                        .proof(Callers.PROVIDER, Notes.COUNT, "1"),
                Case.innocent("a table of the reference set", with(Keys.ROWS, AUDIT))
                        .proof(Callers.PROVIDER, COUNT_AUDIT, "1"),
                Case.innocent(
                                "a partition is read by the policies of its root",
                                with(
                                        PARTS,
                                        "CREATE POLICY p ON trackpay_more FOR SELECT TO authenticated USING (true)"))
                        .proof(Callers.PROVIDER, "SELECT count(*) FROM trackpay_more", "1"));
    }

    @Test
    void namesTheTableThatAnswersNothing() {
        Finding finding = guilty(Notes.TABLE);

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.object()).isEqualTo("table public.trackpay_notes");
        seen(Notes.COUNT, Notes.TABLE).isEqualTo("1");
        state("INSERT INTO trackpay_notes VALUES (2)", with(Notes.TABLE, PROVIDER))
                .isEqualTo("42501");
    }

    /** Privileges are asked before policies. */
    @Test
    void aTableThatNobodyMayTouchIsRefusedAndNotEmpty() {
        String[] shut = with(Notes.TABLE, "REVOKE ALL ON trackpay_notes FROM anon, authenticated");

        assertThat(guilty(shut).message()).contains("42501, permission denied").doesNotContain("no rows");
        assertThat(guilty(shut).fix()).contains("policies and grants");
        state(Notes.COUNT, with(shut, PROVIDER)).isEqualTo("42501");
        assertThat(guilty(with(shut, "GRANT SELECT (id) ON trackpay_notes TO authenticated"))
                        .message())
                .contains("no rows and no error");
    }

    @Test
    void aDeclaredServerTableIsInformation() {
        List<Finding> findings = findings(PlansOf.serverOnly(plan(), "trackpay_notes"), Notes.TABLE);

        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.INFO);
    }

    @Test
    void aPartitionAloneGivesNobodyARow() {
        String[] parts = with(PARTS, "CREATE POLICY p ON trackpay_more FOR SELECT TO authenticated USING (true)");

        seen("SELECT count(*) FROM trackpay_more_1", with(parts, PROVIDER)).isEqualTo("0");
    }

    @Test
    void tablesOfOthersDoNotMatter() {
        innocent("CREATE TABLE public.other (id int)", "ALTER TABLE public.other ENABLE ROW LEVEL SECURITY");
    }
}
