package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HelperMissingTest extends CheckTest {

    HelperMissingTest() {
        super(new HelperMissing());
    }

    private static final String ME = "SELECT current_trackpay_user_id()";
    private static final String MINE = "SELECT count(*) FROM trackpay_payments";
    private static final String PROVIDER_ID = "b0000000-0000-4000-8000-000000000001";

    private static final String DROP = "DROP FUNCTION current_trackpay_user_id() CASCADE";

    private static final String OVERLOAD =
            "CREATE FUNCTION public.current_trackpay_user_id(text) RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("no helper", DROP).after(Keys.ROWS).proof(Callers.PROVIDER, ME, "42883"),
                Case.guilty("the helper under another name", "ALTER FUNCTION current_trackpay_user_id() RENAME TO me")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, ME, "42883"),
                Case.guilty(
                                "the helper in another schema",
                                "CREATE SCHEMA inside",
                                "ALTER FUNCTION current_trackpay_user_id() SET SCHEMA inside")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, ME, "42883"),
                Case.guilty("a helper with other arguments", DROP, OVERLOAD)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, ME, "42883"),
                Case.innocent(
                                "another body in another language",
                                "CREATE OR REPLACE FUNCTION public.current_trackpay_user_id() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER"
                                        + " SET search_path = '' AS 'BEGIN RETURN (SELECT id FROM public.trackpay_users WHERE auth_user_id = auth.uid()); END'")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, ME, PROVIDER_ID),
                Case.innocent("an overload beside it", OVERLOAD)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, ME, PROVIDER_ID),
                Case.innocent("another owner", "ALTER FUNCTION current_trackpay_user_id() OWNER TO supabase_admin")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, ME, PROVIDER_ID));
    }

    @Test
    void namesTheHelperAndItsStep() {
        Finding finding = guilty(DROP);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.6");
        seen(ME, DROP, PROVIDER).isEqualTo("42883");
        seenAfterRepair(ME, PROVIDER, with(Keys.ROWS, DROP)).isEqualTo(PROVIDER_ID);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(DROP);
    }
}
