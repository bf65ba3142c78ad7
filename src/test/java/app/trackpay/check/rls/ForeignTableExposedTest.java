package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import java.util.List;
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

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a foreign table for users", with(FAR, GRANT)).proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty("a foreign table for everybody", with(FAR, "GRANT SELECT ON trackpay_far TO PUBLIC"))
                        .proof(Callers.VISITOR, COUNT, "1"),
                Case.guilty("one column of it", with(FAR, "GRANT SELECT (line) ON trackpay_far TO anon"))
                        .proof(Callers.VISITOR, "SELECT count(line) FROM trackpay_far", "1"),
                Case.innocent(
                                "a foreign table for the server",
                                with(FAR, "GRANT SELECT ON trackpay_far TO service_role"))
                        .proof(Callers.STRANGER, COUNT, "42501"),
                Case.innocent(
                                "one that may be written and not read",
                                with(FAR, "GRANT INSERT ON trackpay_far TO authenticated"))
                        .proof(Callers.STRANGER, COUNT, "42501"),
                Case.innocent(
                                "one in a schema that the API does not serve",
                                with(
                                        FAR,
                                        GRANT,
                                        "CREATE SCHEMA inside",
                                        "ALTER FOREIGN TABLE trackpay_far SET SCHEMA inside"))
                        .proof(Callers.STRANGER, "SELECT count(*) FROM inside.trackpay_far", "42501"));
    }

    @Test
    void namesTheTableThatNoPolicyCanGuard() {
        Finding finding = guilty(with(FAR, GRANT));

        assertThat(finding.object()).isEqualTo("foreign table public.trackpay_far");
        seen(COUNT, with(FAR, GRANT, PROVIDER)).isEqualTo("1");
        seenAfterRepair(COUNT, PROVIDER, with(FAR, GRANT)).isEqualTo("42501");
        state("ALTER TABLE trackpay_far ENABLE ROW LEVEL SECURITY", FAR).isEqualTo("42809");
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
