package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class HelperImmutableTest extends CheckTest {

    HelperImmutableTest() {
        super(new HelperImmutable());
    }

    private static final String HELPER = "ALTER FUNCTION current_trackpay_user_id() IMMUTABLE";

    @Test
    void theHelper() {
        Finding finding = guilty(HELPER);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
    }

    /** A prepared statement on a connection that two users share, one after the other. */
    @Test
    void oneUsersAnswerIsAnothersToo() {
        String fixed = "CREATE FUNCTION public.who() RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT auth.uid()'";
        String[] twice = {"SET LOCAL plan_cache_mode = force_generic_plan", "PREPARE q AS SELECT public.who()"};
        answer("EXECUTE q", new String[] {fixed}, twice, Callers.PROVIDER, new String[] {"EXECUTE q"}, Callers.STRANGER)
                .isEqualTo("a0000000-0000-4000-8000-000000000001");
        answer(
                        "EXECUTE q",
                        new String[] {fixed.replace("IMMUTABLE", "STABLE")},
                        twice,
                        Callers.PROVIDER,
                        new String[] {"EXECUTE q"},
                        Callers.STRANGER)
                .isEqualTo("a0000000-0000-4000-8000-0000000000ff");
        guilty(fixed);
    }

    @Test
    void nestedAndPlpgsqlFunctionsToo() {
        guilty(
                "CREATE FUNCTION public.inner_me() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT auth.uid()'",
                "CREATE FUNCTION public.me() RETURNS uuid LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN public.inner_me(); END'");
        guilty(
                "CREATE FUNCTION public.me() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT current_setting('request.jwt.claims', true) $$");
        guilty("CREATE FUNCTION public.me() RETURNS text LANGUAGE sql IMMUTABLE RETURN current_user");
        guilty(
                "CREATE FUNCTION public.me() RETURNS uuid LANGUAGE plpgsql IMMUTABLE AS $$ DECLARE r uuid; BEGIN EXECUTE 'SELECT auth.uid()' INTO r; RETURN r; END $$");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(
                HELPER,
                "CREATE FUNCTION public.me(a int, b text) RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT auth.uid()'");
    }

    @Test
    void whatDoesNotReadTheSessionMayBeImmutable() {
        innocent(
                "CREATE FUNCTION public.twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2'",
                "CREATE FUNCTION public.note() RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'ask auth.uid() first' -- not current_user $$ $$"
                        .replace(" -- not current_user $$ $$", " $$"),
                "CREATE FUNCTION public.fine() RETURNS int LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT public.twice(2); END");
    }

    @Test
    void stableAndVolatileAreFine() {
        innocent(
                "ALTER FUNCTION current_trackpay_user_id() VOLATILE",
                "CREATE FUNCTION public.me() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT auth.uid()'");
    }
}
