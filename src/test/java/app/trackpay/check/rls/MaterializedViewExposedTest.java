package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class MaterializedViewExposedTest extends CheckTest {

    MaterializedViewExposedTest() {
        super(new MaterializedViewExposed());
    }

    private static final String VIEW =
            "CREATE MATERIALIZED VIEW public.trackpay_totals AS SELECT provider_id, amount FROM trackpay_payments";
    private static final String GRANT = "GRANT SELECT ON trackpay_totals TO authenticated";
    private static final String COUNT = "SELECT count(*) FROM trackpay_totals";
    private static final String STRANGER = user("a0000000-0000-4000-8000-0000000000ff");

    @Test
    void namesTheCopyAndWhatItIsOf() {
        Finding finding = guilty(VIEW, GRANT);

        assertThat(finding.object()).isEqualTo("materialized view public.trackpay_totals");
        assertThat(finding.message()).contains("copies of rows of public.trackpay_payments");
        seen(COUNT, with(Keys.ROWS, VIEW, GRANT, STRANGER)).isEqualTo("1");
        seenAfterRepair(COUNT, STRANGER, with(Keys.ROWS, VIEW, GRANT)).isEqualTo("42501");
    }

    @Test
    void aCopyOfLoginsUnderAnyNameIsNamed() {
        String[] open = {
            "CREATE MATERIALIZED VIEW public.members AS SELECT email FROM auth.users",
            "GRANT SELECT ON members TO PUBLIC"
        };

        guilty(open);
        seen("SELECT count(*) FROM members", with(Keys.ROWS, with(open, VISITOR)))
                .isEqualTo("1");
    }

    @Test
    void oneColumnIsEnough() {
        guilty(VIEW, "GRANT SELECT (amount) ON trackpay_totals TO anon");
        seen(
                        "SELECT sum(amount) FROM trackpay_totals",
                        with(Keys.ROWS, VIEW, "GRANT SELECT (amount) ON trackpay_totals TO anon", VISITOR))
                .isEqualTo("10.00");
    }

    @Test
    void whatTheServerReadsIsFine() {
        innocent(VIEW, "GRANT SELECT ON trackpay_totals TO service_role");
        seen(COUNT, VIEW, VISITOR).isEqualTo("42501");
    }

    @Test
    void copiesOfDeclaredPublicTablesAreFine() {
        assertThat(findings(PlansOf.publicRead(plan(), "trackpay_payments"), VIEW, GRANT))
                .isEmpty();
    }

    @Test
    void schemasThatAreNotExposedDoNotMatter() {
        String[] inside = {
            "CREATE SCHEMA inside",
            "CREATE MATERIALIZED VIEW inside.totals AS SELECT amount FROM trackpay_payments",
            "GRANT SELECT ON inside.totals TO anon"
        };

        innocent(inside);
        seen("SELECT 1 FROM inside.totals", with(inside, VISITOR)).isEqualTo("42501");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(VIEW, GRANT, "GRANT SELECT (amount) ON trackpay_totals TO anon");
    }
}
