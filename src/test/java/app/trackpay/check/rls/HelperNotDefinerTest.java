package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
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

    private static final String LOOK_UP =
            "BEGIN RETURN (SELECT id FROM trackpay_users WHERE auth_user_id = auth.uid()); END";
    private static final String[] IDS = {
        "CREATE TABLE public.trackpay_ids (own uuid, login uuid)",
        "INSERT INTO trackpay_ids VALUES ('b0000000-0000-4000-8000-000000000001', 'a0000000-0000-4000-8000-000000000001')",
        "GRANT SELECT ON trackpay_ids TO authenticated",
        body("sql", "SELECT own FROM trackpay_ids WHERE login = auth.uid()")
    };

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a helper that its own policies call", INVOKER)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "54001"),
                Case.guilty("the same in plpgsql, with names that have no schema", body("plpgsql", LOOK_UP))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "54001"),
                Case.guilty(
                                "a table of ids whose policies show nothing",
                                with(IDS, "ALTER TABLE trackpay_ids ENABLE ROW LEVEL SECURITY"))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "0"),
                Case.innocent(
                                "a helper that reads the token, which needs no rights",
                                body(
                                        "sql",
                                        "SELECT coalesce((auth.jwt() ->> 'app_user_id')::uuid, '" + PROVIDER_ID
                                                + "') -- not trackpay_users"))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"),
                Case.innocent("a table of ids without policies", IDS)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"),
                Case.innocent(
                                "a definer helper in another language",
                                body("plpgsql", LOOK_UP).replace("INVOKER", "DEFINER"))
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"));
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
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(INVOKER);
    }
}
