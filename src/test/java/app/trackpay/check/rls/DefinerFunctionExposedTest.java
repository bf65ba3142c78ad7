package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.check.Severity;
import app.trackpay.plan.ProvidedFunction;
import app.trackpay.plan.RemoteCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DefinerFunctionExposedTest extends CheckTest {

    DefinerFunctionExposedTest() {
        super(new DefinerFunctionExposed());
    }

    private static final String BLIND = "CREATE FUNCTION public.total() RETURNS numeric LANGUAGE sql SECURITY DEFINER"
            + " SET search_path = '' AS 'SELECT sum(amount) FROM public.trackpay_payments -- not auth.uid()'";
    private static final String TOTAL = "SELECT public.total()";
    private static final ProvidedFunction TOTAL_FUNCTION =
            new ProvidedFunction(PlansOf.table("total"), List.of(), Optional.empty(), Optional.empty());

    private static String looking(String body) {
        return "CREATE FUNCTION public.total() RETURNS numeric LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$"
                + " BEGIN " + body + " RETURN 1; END $$";
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a function that nobody took from the public", BLIND)
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, TOTAL, "10.00"),
                Case.guilty(
                                "a function that was granted to visitors by name",
                                BLIND,
                                "REVOKE ALL ON FUNCTION total() FROM PUBLIC",
                                "GRANT EXECUTE ON FUNCTION total() TO anon")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, TOTAL, "10.00"),
                Case.guilty(
                                "a procedure that changes rows",
                                "CREATE PROCEDURE public.wipe() LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'UPDATE public.trackpay_payments SET amount = 1'")
                        .after(Keys.ROWS)
                        .proof(
                                with(Callers.VISITOR, "CALL public.wipe()", "RESET ROLE"),
                                "SELECT amount FROM trackpay_payments",
                                "1.00"),
                Case.guilty(
                                "a function that looks at its caller and goes on all the same",
                                looking("PERFORM auth.uid();")
                                        .replace(
                                                "RETURN 1",
                                                "RETURN (SELECT sum(amount) FROM public.trackpay_payments)"))
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, TOTAL, "10.00"),
                Case.innocent(
                                "a function for users only",
                                BLIND,
                                "REVOKE ALL ON FUNCTION total() FROM PUBLIC",
                                "GRANT EXECUTE ON FUNCTION total() TO authenticated")
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, TOTAL, "42501"),
                Case.innocent(
                                "a function whose calls the plan declares, and which refuses visitors",
                                looking("IF auth.uid() IS NULL THEN RAISE 'Not authenticated'; END IF;"))
                        .with(
                                "rpc: a call of total() by anon ends in P0001",
                                plan -> PlansOf.calling(
                                        plan,
                                        new RemoteCall(
                                                TOTAL_FUNCTION,
                                                List.of(),
                                                "anon",
                                                new RemoteCall.Ending.Fails("P0001", Optional.empty()))))
                        .proof(Callers.VISITOR, TOTAL, "P0001"),
                Case.innocent(
                                "a trigger function, which nobody can call",
                                "CREATE FUNCTION public.total() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS 'BEGIN RETURN NEW; END'")
                        .proof(Callers.VISITOR, TOTAL, "0A000"),
                Case.innocent(
                                "a function with its caller's rights",
                                BLIND.replace("SECURITY DEFINER", "SECURITY INVOKER"))
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, TOTAL, "42501"),
                Case.innocent(
                                "a function in a schema that the API does not serve",
                                "CREATE SCHEMA inside",
                                BLIND.replace("public.total", "inside.total"))
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, "SELECT inside.total()", "42501"));
    }

    @Test
    void namesTheFunctionThatDoesNotLookAtItsCaller() {
        Finding finding = guilty(BLIND);

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("function public.total()");
        seen(TOTAL, with(Keys.ROWS, BLIND, VISITOR)).isEqualTo("10.00");
        seenAfterRepair(TOTAL, VISITOR, with(Keys.ROWS, BLIND)).isEqualTo("42501");
    }

    @Test
    void oneThatLooksIsAWarningAndIsLeftToUsers() {
        String body = looking("IF auth.uid() IS NULL THEN RAISE 'Not authenticated'; END IF;");
        Finding finding = guilty(body);

        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        seen(TOTAL, body, VISITOR).isEqualTo("P0001");
        seenAfterRepair(TOTAL, VISITOR, body).isEqualTo("42501");
        seenAfterRepair(TOTAL, PROVIDER, body).isEqualTo("1");
    }

    @Test
    void looksThroughTheHelperTheClaimsAndOtherFunctionsCount() {
        for (String look : new String[] {
            "PERFORM public.current_trackpay_user_id();",
            "PERFORM current_setting('request.jwt.claims', true);",
            "PERFORM auth.jwt();",
            "PERFORM public.nested();"
        }) {
            Finding finding = guilty(
                    "CREATE FUNCTION public.nested() RETURNS uuid LANGUAGE sql SET search_path = '' AS 'SELECT auth.uid()'",
                    looking(look));

            assertThat(finding.severity()).as(look).isEqualTo(Severity.WARNING);
        }
    }

    @Test
    void aDeclaredCallIsExposedOnPurpose() {
        RemoteCall call =
                new RemoteCall(TOTAL_FUNCTION, List.of(), "anon", new RemoteCall.Ending.Returns(Optional.of("10.00")));

        assertThat(findings(PlansOf.calling(plan(), call), BLIND)).isEmpty();
    }

    @Test
    void functionsOfExtensionsAreTheirs() {
        innocent(
                "CREATE EXTENSION dblink WITH SCHEMA public",
                "GRANT EXECUTE ON FUNCTION dblink_connect_u(text) TO PUBLIC");
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(
                BLIND,
                "CREATE PROCEDURE public.wipe(n int) LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1'");
    }
}
