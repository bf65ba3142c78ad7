package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static String looking(String body) {
        return "CREATE FUNCTION public.total() RETURNS numeric LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$"
                + " BEGIN " + body + " RETURN 1; END $$";
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
        ProvidedFunction total =
                new ProvidedFunction(PlansOf.table("total"), List.of(), Optional.empty(), Optional.empty());
        RemoteCall call = new RemoteCall(total, List.of(), "anon", new RemoteCall.Ending.Returns(Optional.of("10.00")));

        assertThat(findings(PlansOf.calling(plan(), call), BLIND)).isEmpty();
    }

    @Test
    void aFunctionForUsersOnlyIsFine() {
        String[] shut = {
            BLIND, "REVOKE ALL ON FUNCTION total() FROM PUBLIC", "GRANT EXECUTE ON FUNCTION total() TO authenticated"
        };

        innocent(shut);
        seen(TOTAL, with(shut, VISITOR)).isEqualTo("42501");
    }

    @Test
    void aTriggerFunctionCannotBeCalled() {
        String trigger =
                "CREATE FUNCTION public.total() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''"
                        + " AS 'BEGIN RETURN NEW; END'";

        innocent(trigger);
        seen(TOTAL, trigger, VISITOR).isEqualTo("0A000");
    }

    @Test
    void anInvokerFunctionDoesWhatItsCallerMay() {
        String invoker = BLIND.replace("SECURITY DEFINER", "SECURITY INVOKER");

        innocent(invoker);
        seen(TOTAL, invoker, VISITOR).isEqualTo("42501");
    }

    @Test
    void schemasThatAreNotExposedDoNotMatter() {
        innocent("CREATE SCHEMA inside", BLIND.replace("public.total", "inside.total"));
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
