package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HelperSearchPathTest extends CheckTest {

    HelperSearchPathTest() {
        super(new HelperSearchPath());
    }

    private static final String ME = "SELECT current_trackpay_user_id()";
    private static final String MINE = "SELECT count(*) FROM trackpay_payments";
    private static final String PROVIDER_ID = "b0000000-0000-4000-8000-000000000001";

    private static final String BODY = " RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER AS $$"
            + " SELECT id FROM trackpay_users WHERE auth_user_id = auth.uid() $$";
    private static final String OPEN = "CREATE OR REPLACE FUNCTION public.current_trackpay_user_id()" + BODY;
    private static final String CLAIM = "SELECT public.current_trackpay_user_id()";
    private static final String[] SHADOW = {
        PROVIDER,
        "CREATE TEMPORARY TABLE trackpay_users (id uuid, auth_user_id uuid)",
        "GRANT SELECT ON trackpay_users TO PUBLIC",
        "INSERT INTO trackpay_users VALUES ('b0000000-0000-4000-8000-000000000002', auth.uid())"
    };
    private static final String SOMEBODY_ELSE = "b0000000-0000-4000-8000-000000000002";

    private static final String PIN = "ALTER FUNCTION current_trackpay_user_id() SET search_path = public, pg_temp";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a helper that believes a temporary table", OPEN)
                        .after(Keys.ROWS)
                        .proof(SHADOW, CLAIM, SOMEBODY_ELSE),
                Case.guilty(
                                "the same in plpgsql",
                                OPEN.replace("LANGUAGE sql", "LANGUAGE plpgsql")
                                        .replace("$$ SELECT id", "$$ BEGIN RETURN (SELECT id")
                                        .replace("auth.uid() $$", "auth.uid()); END $$"))
                        .after(Keys.ROWS)
                        .proof(SHADOW, CLAIM, SOMEBODY_ELSE),
                Case.guilty(
                                "a path that was taken back",
                                OPEN,
                                PIN,
                                "ALTER FUNCTION current_trackpay_user_id() RESET search_path")
                        .after(Keys.ROWS)
                        .proof(SHADOW, CLAIM, SOMEBODY_ELSE),
                Case.innocent("a path that ends in temporary tables", OPEN, PIN)
                        .after(Keys.ROWS)
                        .proof(SHADOW, CLAIM, PROVIDER_ID),
                Case.innocent(
                                "a body that was parsed when the function was made",
                                "CREATE OR REPLACE FUNCTION public.current_trackpay_user_id() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER"
                                        + " RETURN (SELECT id FROM trackpay_users WHERE auth_user_id = auth.uid())")
                        .after(Keys.ROWS)
                        .proof(SHADOW, CLAIM, PROVIDER_ID),
                Case.innocent(
                                "another function without a path, which no policy asks",
                                "CREATE FUNCTION public.me()" + BODY)
                        .after(Keys.ROWS)
                        .proof(SHADOW, CLAIM, PROVIDER_ID));
    }

    @Test
    void namesTheHelperThatBelievesWhatItsCallerPutsInFront() {
        Finding finding = guilty(OPEN);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
        seen(CLAIM, with(Keys.ROWS, with(new String[] {OPEN}, SHADOW))).isEqualTo(SOMEBODY_ELSE);
        seenAfterRepair(CLAIM, String.join("; ", SHADOW), with(Keys.ROWS, OPEN)).isEqualTo(PROVIDER_ID);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(OPEN);
    }
}
