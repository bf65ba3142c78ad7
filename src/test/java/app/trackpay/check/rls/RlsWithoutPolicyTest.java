package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RlsWithoutPolicyTest extends CheckTest {

    RlsWithoutPolicyTest() {
        super(new RlsWithoutPolicy());
    }

    private static final String[] CLOSED = {
        "CREATE TABLE public.trackpay_more (id int)",
        "INSERT INTO trackpay_more VALUES (1)",
        "GRANT SELECT, INSERT ON trackpay_more TO authenticated",
        "ALTER TABLE trackpay_more ENABLE ROW LEVEL SECURITY"
    };
    private static final String COUNT = "SELECT count(*) FROM trackpay_more";

    @Test
    void namesTheTableThatAnswersNothing() {
        Finding finding = guilty(CLOSED);

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.object()).isEqualTo("table public.trackpay_more");
        seen(COUNT, CLOSED).isEqualTo("1");
        seen(COUNT, with(CLOSED, PROVIDER)).isEqualTo("0");
        state("INSERT INTO trackpay_more VALUES (2)", with(CLOSED, PROVIDER)).isEqualTo("42501");
    }

    @Test
    void aTableThatLostItsPoliciesIsNamed() {
        String drop = "DROP POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit";

        assertThat(guilty(drop).object()).isEqualTo("table public.trackpay_relationship_audit");
    }

    @Test
    void theRootOfPartitionsCounts() {
        guilty(
                "CREATE TABLE public.trackpay_more (id int) PARTITION BY LIST (id)",
                "ALTER TABLE trackpay_more ENABLE ROW LEVEL SECURITY");
    }

    @Test
    void aDeclaredServerTableIsInformation() {
        List<Finding> findings = findings(PlansOf.serverOnly(plan(), "trackpay_more"), CLOSED);

        assertThat(findings).extracting(Finding::severity).containsExactly(Severity.INFO);
    }

    @Test
    void onePolicyIsEnough() {
        String[] open = with(CLOSED, "CREATE POLICY p ON trackpay_more FOR SELECT TO authenticated USING (id = 1)");

        innocent(open);
        seen(COUNT, with(open, PROVIDER)).isEqualTo("1");
    }

    @Test
    void aPartitionIsReadByThePoliciesOfItsRoot() {
        String[] parts = {
            "CREATE TABLE public.trackpay_more (id int) PARTITION BY LIST (id)",
            "CREATE TABLE public.trackpay_more_1 PARTITION OF trackpay_more FOR VALUES IN (1)",
            "INSERT INTO trackpay_more VALUES (1)",
            "ALTER TABLE trackpay_more ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE trackpay_more_1 ENABLE ROW LEVEL SECURITY",
            "GRANT SELECT ON trackpay_more, trackpay_more_1 TO authenticated",
            "CREATE POLICY p ON trackpay_more FOR SELECT TO authenticated USING (true)"
        };

        innocent(parts);
        seen(COUNT, with(parts, PROVIDER)).isEqualTo("1");
        seen("SELECT count(*) FROM trackpay_more_1", with(parts, PROVIDER)).isEqualTo("0");
    }

    @Test
    void tablesOfOthersDoNotMatter() {
        innocent("CREATE TABLE public.other (id int)", "ALTER TABLE public.other ENABLE ROW LEVEL SECURITY");
    }
}
