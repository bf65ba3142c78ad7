package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class HelperNotDefinerTest extends CheckTest {

    HelperNotDefinerTest() {
        super(new HelperNotDefiner());
    }

    private static final String ME = "SELECT current_trackpay_user_id()";
    private static final String MINE = "SELECT count(*) FROM trackpay_payments";
    private static final String PROVIDER_ID = "b0000000-0000-4000-8000-000000000001";

    private static final String INVOKER = "ALTER FUNCTION current_trackpay_user_id() SECURITY INVOKER";

    private static String body(String language, String code) {
        return "CREATE OR REPLACE FUNCTION public.current_trackpay_user_id() RETURNS uuid LANGUAGE " + language
                + " STABLE SECURITY INVOKER SET search_path = public AS $$" + code + "$$";
    }

    @Test
    void namesTheHelperThatItsOwnPoliciesCall() {
        Finding finding = guilty(INVOKER);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
        assertThat(finding.message()).contains("public.trackpay_users");
        seen(MINE, with(Keys.ROWS, PROVIDER)).isEqualTo("1");
        seen(MINE, with(Keys.ROWS, INVOKER, PROVIDER)).isEqualTo("54001");
        seenAfterRepair(MINE, PROVIDER, with(Keys.ROWS, INVOKER)).isEqualTo("1");
    }

    @Test
    void plpgsqlAndNamesWithoutASchemaCount() {
        String plain =
                body("plpgsql", "BEGIN RETURN (SELECT id FROM trackpay_users WHERE auth_user_id = auth.uid()); END");

        guilty(plain);
        seen(MINE, with(Keys.ROWS, plain, PROVIDER)).isEqualTo("54001");
    }

    @Test
    void aTableWhosePoliciesShowNothingFindsNobody() {
        String[] blind = {
            "CREATE TABLE public.trackpay_ids (own uuid, login uuid)",
            "INSERT INTO trackpay_ids VALUES ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001')",
            "GRANT SELECT ON trackpay_ids TO authenticated",
            "ALTER TABLE trackpay_ids ENABLE ROW LEVEL SECURITY",
            body("sql", "SELECT own FROM trackpay_ids WHERE login = auth.uid()")
        };

        guilty(blind);
        seen("SELECT current_trackpay_user_id() IS NULL", with(blind, PROVIDER)).isEqualTo("t");
    }

    @Test
    void aHelperThatReadsTheTokenNeedsNoRights() {
        String token = body("sql", "SELECT (auth.jwt() ->> 'app_user_id')::uuid -- not trackpay_users");

        innocent(token);
        seen("SELECT current_trackpay_user_id() IS NULL", token, PROVIDER).isEqualTo("t");
        seen(MINE, with(Keys.ROWS, token, PROVIDER)).isEqualTo("0");
    }

    @Test
    void aTableWithoutPoliciesDoesNotCallBack() {
        String[] plain = {
            "CREATE TABLE public.trackpay_ids (own uuid, login uuid)",
            "INSERT INTO trackpay_ids VALUES ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001')",
            "GRANT SELECT ON trackpay_ids TO authenticated",
            body("sql", "SELECT own FROM trackpay_ids WHERE login = auth.uid()")
        };

        innocent(plain);
        seen(ME, with(plain, PROVIDER)).isEqualTo(PROVIDER_ID);
    }

    @Test
    void aDefinerHelperInAnotherLanguageIsFine() {
        String definer = body(
                        "plpgsql", "BEGIN RETURN (SELECT id FROM trackpay_users WHERE auth_user_id = auth.uid()); END")
                .replace("INVOKER", "DEFINER");

        innocent(definer);
        seen(ME, with(Keys.ROWS, definer, PROVIDER)).isEqualTo(PROVIDER_ID);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(INVOKER);
    }
}
