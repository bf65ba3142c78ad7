package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
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

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("copies of rows that policies guard", VIEW, GRANT)
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "1"),
                Case.guilty(
                                "copies of logins, under any name",
                                "CREATE MATERIALIZED VIEW public.members AS SELECT email FROM auth.users",
                                "GRANT SELECT ON members TO PUBLIC")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, "SELECT count(*) FROM members", "1"),
                Case.guilty("one column of them", VIEW, "GRANT SELECT (amount) ON trackpay_totals TO anon")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, "SELECT sum(amount) FROM trackpay_totals", "10.00"),
                Case.innocent("copies for the server", VIEW, "GRANT SELECT ON trackpay_totals TO service_role")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, COUNT, "42501"),
                Case.innocent(
                                "copies in a schema that the API does not serve",
                                "CREATE SCHEMA inside",
                                VIEW.replace("public.trackpay_totals", "inside.totals"),
                                "GRANT SELECT ON inside.totals TO anon")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, "SELECT count(*) FROM inside.totals", "42501"),
                Case.innocent(
                                "copies that a function filters for its caller",
                                VIEW,
                                "CREATE FUNCTION public.mine() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''"
                                        + " AS 'SELECT count(*) FROM public.trackpay_totals WHERE provider_id = public.current_trackpay_user_id()'")
                        .after(Keys.ROWS)
                        .proof(Callers.STRANGER, "SELECT public.mine()", "0"));
    }

    @Test
    void namesTheCopyAndWhatItIsOf() {
        Finding finding = guilty(VIEW, GRANT);

        assertThat(finding.object()).isEqualTo("materialized view public.trackpay_totals");
        assertThat(finding.message()).contains("copies of rows of public.trackpay_payments");
        seen(COUNT, with(Keys.ROWS, VIEW, GRANT, STRANGER)).isEqualTo("1");
        seenAfterRepair(COUNT, STRANGER, with(Keys.ROWS, VIEW, GRANT)).isEqualTo("42501");
    }

    @Test
    void copiesOfDeclaredPublicTablesAreFine() {
        assertThat(findings(PlansOf.publicRead(plan(), "trackpay_payments"), VIEW, GRANT))
                .isEmpty();
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(VIEW, GRANT, "GRANT SELECT (amount) ON trackpay_totals TO anon");
    }
}
