package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class HelperMissingTest extends CheckTest {

    HelperMissingTest() {
        super(new HelperMissing());
    }

    private static final String ME = "SELECT current_trackpay_user_id()";
    private static final String MINE = "SELECT count(*) FROM trackpay_payments";
    private static final String PROVIDER_ID = "b0000000-0000-4000-8000-000000000001";

    private static final String DROP = "DROP FUNCTION current_trackpay_user_id() CASCADE";

    @Test
    void namesTheHelperAndItsStep() {
        Finding finding = guilty(DROP);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.6");
        seen(ME, DROP, PROVIDER).isEqualTo("42883");
        seenAfterRepair(ME, PROVIDER, with(Keys.ROWS, DROP)).isEqualTo(PROVIDER_ID);
    }

    @Test
    void anotherNameIsAnotherFunction() {
        String rename = "ALTER FUNCTION current_trackpay_user_id() RENAME TO me";

        guilty(rename);
        seen(ME, rename, PROVIDER).isEqualTo("42883");
    }

    @Test
    void anotherSchemaIsAnotherFunction() {
        guilty("CREATE SCHEMA inside", "ALTER FUNCTION current_trackpay_user_id() SET SCHEMA inside");
    }

    @Test
    void otherArgumentsAreAnotherFunction() {
        guilty(
                DROP,
                "CREATE FUNCTION public.current_trackpay_user_id(text) RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'");
    }

    @Test
    void anotherBodyIsTheSameHelper() {
        String[] other = {
            "CREATE OR REPLACE FUNCTION public.current_trackpay_user_id() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER"
                    + " SET search_path = '' AS 'BEGIN RETURN (SELECT id FROM public.trackpay_users WHERE auth_user_id = auth.uid()); END'"
        };

        innocent(other);
        seen(ME, with(Keys.ROWS, with(other, PROVIDER))).isEqualTo(PROVIDER_ID);
    }

    @Test
    void anOverloadBesideItDoesNotMatter() {
        innocent(
                "CREATE FUNCTION public.current_trackpay_user_id(text) RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'");
    }

    @Test
    void anotherOwnerIsFine() {
        String owner = "ALTER FUNCTION current_trackpay_user_id() OWNER TO supabase_admin";

        innocent(owner);
        seen(ME, with(Keys.ROWS, owner, PROVIDER)).isEqualTo(PROVIDER_ID);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(DROP);
    }
}
