package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HelperNotExecutableTest extends CheckTest {

    HelperNotExecutableTest() {
        super(new HelperNotExecutable());
    }

    private static final String ME = "SELECT current_trackpay_user_id()";
    private static final String MINE = "SELECT count(*) FROM trackpay_payments";
    private static final String PROVIDER_ID = "b0000000-0000-4000-8000-000000000001";

    private static final String REVOKE = "REVOKE EXECUTE ON FUNCTION current_trackpay_user_id() FROM authenticated";

    private static final String FOR_ANON =
            "CREATE POLICY more ON trackpay_payments FOR SELECT TO anon USING (provider_id = current_trackpay_user_id())";
    private static final String ANON_READS = "GRANT SELECT ON trackpay_payments TO anon";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("users who may not call it", REVOKE)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "42501"),
                Case.guilty(
                                "a schema that users may not use",
                                "REVOKE USAGE ON SCHEMA public FROM PUBLIC, authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, "SELECT public.current_trackpay_user_id()", "42501"),
                Case.guilty("visitors, where a policy with it is for them", FOR_ANON, ANON_READS)
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, MINE, "42501"),
                Case.innocent(
                                "users as part of everybody",
                                REVOKE,
                                "GRANT EXECUTE ON FUNCTION current_trackpay_user_id() TO PUBLIC")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"),
                Case.innocent(
                                "users as members of a role that may",
                                REVOKE,
                                "CREATE ROLE rules_callers",
                                "GRANT EXECUTE ON FUNCTION current_trackpay_user_id() TO rules_callers",
                                "GRANT rules_callers TO authenticated WITH INHERIT TRUE")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"),
                Case.innocent("visitors, where no policy with it is for them", ANON_READS)
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, MINE, "0"));
    }

    @Test
    void namesTheRoleThatMayNotAskWhoItIs() {
        Finding finding = guilty(REVOKE);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
        assertThat(finding.message()).startsWith("authenticated may not call");
        seen(MINE, with(Keys.ROWS, REVOKE, PROVIDER)).isEqualTo("42501");
        seenAfterRepair(MINE, PROVIDER, with(Keys.ROWS, REVOKE)).isEqualTo("1");
    }

    @Test
    void theSchemaMustBeOpenAsWell() {
        String[] shut = {"REVOKE USAGE ON SCHEMA public FROM PUBLIC, authenticated"};

        assertThat(guilty(shut).message()).contains("permission denied for schema public");
        seen(ME.replace("current", "public.current"), with(Keys.ROWS, with(shut, PROVIDER)))
                .isEqualTo("42501");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(REVOKE, "REVOKE USAGE ON SCHEMA public FROM PUBLIC, authenticated");
    }
}
