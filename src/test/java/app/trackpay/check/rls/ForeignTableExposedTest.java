package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class ForeignTableExposedTest extends CheckTest {

    ForeignTableExposedTest() {
        super(new ForeignTableExposed());
    }

    private static final String[] FAR = {
        "CREATE EXTENSION file_fdw",
        "CREATE SERVER files FOREIGN DATA WRAPPER file_fdw",
        "CREATE FOREIGN TABLE public.trackpay_far (line text) SERVER files OPTIONS (filename 'PG_VERSION')"
    };
    private static final String GRANT = "GRANT SELECT ON trackpay_far TO authenticated";
    private static final String COUNT = "SELECT count(*) FROM trackpay_far";

    @Test
    void namesTheTableThatNoPolicyCanGuard() {
        Finding finding = guilty(with(FAR, GRANT));

        assertThat(finding.object()).isEqualTo("foreign table public.trackpay_far");
        seen(COUNT, with(FAR, GRANT, PROVIDER)).isEqualTo("1");
        seenAfterRepair(COUNT, PROVIDER, with(FAR, GRANT)).isEqualTo("42501");
        state("ALTER TABLE trackpay_far ENABLE ROW LEVEL SECURITY", FAR).isEqualTo("42809");
    }

    @Test
    void grantsToEverybodyCount() {
        String[] open = with(FAR, "GRANT SELECT ON trackpay_far TO PUBLIC");

        assertThat(guilty(open).message()).startsWith("anon and authenticated");
        seen(COUNT, with(open, VISITOR)).isEqualTo("1");
    }

    @Test
    void oneColumnIsEnough() {
        String[] open = with(FAR, "GRANT SELECT (line) ON trackpay_far TO anon");

        guilty(open);
        seen("SELECT count(line) FROM trackpay_far", with(open, VISITOR)).isEqualTo("1");
    }

    @Test
    void whatTheServerReadsIsFine() {
        innocent(with(FAR, "GRANT SELECT ON trackpay_far TO service_role"));
        seen(COUNT, with(FAR, VISITOR)).isEqualTo("42501");
    }

    @Test
    void aDeclaredPublicTableIsFine() {
        assertThat(findings(PlansOf.publicRead(plan(), "trackpay_far"), with(FAR, GRANT)))
                .isEmpty();
    }

    @Test
    void tablesOfOthersDoNotMatter() {
        innocent(with(FAR, GRANT, "ALTER TABLE trackpay_far RENAME TO other"));
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(with(FAR, GRANT, "GRANT SELECT (line) ON trackpay_far TO anon"));
    }
}
