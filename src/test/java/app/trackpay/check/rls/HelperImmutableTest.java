package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HelperImmutableTest extends CheckTest {

    HelperImmutableTest() {
        super(new HelperImmutable());
    }

    private static final String HELPER = "ALTER FUNCTION current_trackpay_user_id() IMMUTABLE";

    private static final String LOGIN = "a0000000-0000-4000-8000-000000000001";
    private static final String WHO = "SELECT public.who()";
    private static final String ME =
            "CREATE FUNCTION public.me() RETURNS uuid LANGUAGE sql STABLE AS 'SELECT auth.uid()'";

    /** A connection that two users share, one after the other, with a plan that the server keeps. */
    private static String[] shared(String query) {
        return with(
                with(
                        with(
                                new String[] {"SET LOCAL plan_cache_mode = force_generic_plan", "PREPARE q AS " + query
                                },
                                Callers.PROVIDER),
                        "EXECUTE q"),
                Callers.STRANGER);
    }

    private static String who(String rest) {
        return "CREATE FUNCTION public.who() RETURNS text " + rest;
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("the helper", HELPER)
                        .after(Keys.ROWS)
                        .proof(shared("SELECT count(*) FROM trackpay_payments"), "EXECUTE q", "1"),
                Case.guilty(
                                "a function that asks for the login",
                                who("LANGUAGE sql IMMUTABLE AS 'SELECT auth.uid()::text'"))
                        .proof(shared(WHO), "EXECUTE q", LOGIN),
                Case.guilty(
                                "a plpgsql function that calls one that asks",
                                ME,
                                who("LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN public.me(); END'"))
                        .proof(shared(WHO), "EXECUTE q", LOGIN),
                Case.guilty(
                                "a function that reads the claims",
                                who(
                                        "LANGUAGE sql IMMUTABLE AS $$ SELECT current_setting('request.jwt.claims', true)::json ->> 'sub' $$"))
                        .proof(shared(WHO), "EXECUTE q", LOGIN),
                Case.guilty(
                                "a function that runs its question as text",
                                who(
                                        "LANGUAGE plpgsql IMMUTABLE AS $$ DECLARE r text; BEGIN EXECUTE 'SELECT auth.uid()' INTO r; RETURN r; END $$"))
                        .proof(shared(WHO), "EXECUTE q", LOGIN),
                Case.innocent("a volatile helper", "ALTER FUNCTION current_trackpay_user_id() VOLATILE")
                        .after(Keys.ROWS)
                        .proof(shared("SELECT count(*) FROM trackpay_payments"), "EXECUTE q", "0"),
                Case.innocent(
                                "a stable function that asks for the login",
                                who("LANGUAGE sql STABLE AS 'SELECT auth.uid()::text'"))
                        .proof(shared(WHO), "EXECUTE q", "a0000000-0000-4000-8000-0000000000ff"),
                Case.innocent(
                                "an immutable function that calculates",
                                "CREATE FUNCTION public.twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2'",
                                "CREATE FUNCTION public.fine() RETURNS int LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT public.twice(2); END")
                        .proof(shared("SELECT public.fine()"), "EXECUTE q", "4"),
                Case.innocent(
                                "an immutable function that only speaks of the session",
                                who(
                                        "LANGUAGE sql IMMUTABLE AS $$ SELECT 'ask auth.uid() first' /* not current_user */ $$"))
                        .proof(shared(WHO), "EXECUTE q", "ask auth.uid() first"));
    }

    @Test
    void theHelper() {
        Finding finding = guilty(HELPER);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(
                HELPER,
                "CREATE FUNCTION public.me(a int, b text) RETURNS uuid LANGUAGE sql IMMUTABLE AS 'SELECT auth.uid()'");
    }
}
