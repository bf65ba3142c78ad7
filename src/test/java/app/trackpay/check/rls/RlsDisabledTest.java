package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import app.trackpay.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RlsDisabledTest extends CheckTest {

    RlsDisabledTest() {
        super(new RlsDisabled());
    }

    private static final String OFF = "ALTER TABLE trackpay_payments DISABLE ROW LEVEL SECURITY";
    private static final String COUNT = "SELECT count(*) FROM trackpay_payments";
    private static final String STRANGER = user("a0000000-0000-4000-8000-0000000000ff");
    private static final String[] MORE = {
        "CREATE TABLE public.trackpay_more (id int)", "INSERT INTO trackpay_more VALUES (1)"
    };

    private static String[] more(String... rest) {
        return with(MORE, rest);
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a table whose policies are asleep", OFF)
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty("a table that visitors may read", more("GRANT SELECT ON trackpay_more TO anon"))
                        .proof(Callers.VISITOR, "SELECT count(*) FROM trackpay_more", "1"),
                Case.guilty("a table that everybody may empty", more("GRANT DELETE ON trackpay_more TO PUBLIC"))
                        .proof(Callers.VISITOR, "DELETE FROM trackpay_more", "-"),
                Case.innocent("a table under its policies", Keys.ROWS).proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "a table whose owner is bound as well",
                                "ALTER TABLE trackpay_payments FORCE ROW LEVEL SECURITY")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "0"),
                Case.innocent(
                                "a table of a schema that the API does not serve",
                                "CREATE SCHEMA inside",
                                "CREATE TABLE inside.trackpay_more (id int)",
                                "GRANT SELECT ON inside.trackpay_more TO anon")
                        .proof(Callers.VISITOR, "SELECT FROM inside.trackpay_more", "42501"));
    }

    @Test
    void namesTheTableAndWhoMayDoWhat() {
        Finding finding = guilty(OFF);

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("table public.trackpay_payments");
        assertThat(finding.message()).contains("authenticated may SELECT, INSERT, UPDATE on every row");
        seen(COUNT, with(Keys.ROWS, STRANGER)).isEqualTo("0");
        seen(COUNT, with(Keys.ROWS, OFF, STRANGER)).isEqualTo("1");
        seenAfterRepair(COUNT, STRANGER, with(Keys.ROWS, OFF)).isEqualTo("0");
    }

    @Test
    void aTableThatVisitorsMayReadIsNamed() {
        String[] open = more("GRANT SELECT ON trackpay_more TO anon");

        assertThat(guilty(open).message()).contains("anon may SELECT");
        seen("SELECT count(*) FROM trackpay_more", with(open, VISITOR)).isEqualTo("1");
    }

    @Test
    void theRootOfPartitionsCounts() {
        String[] open = {
            "CREATE TABLE public.trackpay_more (id int) PARTITION BY LIST (id)",
            "CREATE TABLE public.trackpay_more_1 PARTITION OF trackpay_more FOR VALUES IN (1)",
            "ALTER TABLE trackpay_more_1 ENABLE ROW LEVEL SECURITY",
            "INSERT INTO trackpay_more VALUES (1)",
            "GRANT SELECT ON trackpay_more TO PUBLIC"
        };

        assertThat(guilty(open).message()).contains("of the partitioned table");
        seen("SELECT count(*) FROM trackpay_more", with(open, VISITOR)).isEqualTo("1");
    }

    @Test
    void aTableThatNoApiRoleReachesIsInformation() {
        Finding finding = guilty(MORE);

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        seen("SELECT count(*) FROM trackpay_more", with(MORE, STRANGER)).isEqualTo("42501");
    }

    @Test
    void aDeclaredPublicTableMayBeReadAndNoMore() {
        String read = "GRANT SELECT ON trackpay_more TO anon";
        Plan declared = PlansOf.publicRead(plan(), "trackpay_more");

        assertThat(findings(declared, more(read))).isEmpty();
        assertThat(findings(declared, more(read, "GRANT DELETE ON trackpay_more TO anon")))
                .hasSize(1);
        state("DELETE FROM trackpay_more", more(read, VISITOR)).isEqualTo("42501");
    }

    @Test
    void aDeclaredServerTableThatNobodyReachesIsClean() {
        Plan declared = PlansOf.serverOnly(plan(), "trackpay_more");

        assertThat(findings(declared, MORE)).isEmpty();
        assertThat(findings(declared, more("GRANT SELECT ON trackpay_more TO authenticated")))
                .hasSize(1);
    }

    @Test
    void tablesOfOthersAndInSchemasThatAreNotExposedDoNotMatter() {
        innocent(
                "CREATE TABLE public.other (id int)",
                "GRANT SELECT ON public.other TO anon",
                "CREATE SCHEMA inside",
                "CREATE TABLE inside.trackpay_more (id int)",
                "GRANT SELECT ON inside.trackpay_more TO anon");
        state(
                        "SELECT 1 FROM inside.trackpay_more",
                        "CREATE SCHEMA inside",
                        "CREATE TABLE inside.trackpay_more (id int)",
                        "GRANT SELECT ON inside.trackpay_more TO anon",
                        VISITOR)
                .isEqualTo("42501");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(OFF, MORE[0]);
    }
}
