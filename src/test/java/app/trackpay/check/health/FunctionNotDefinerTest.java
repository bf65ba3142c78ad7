package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import org.junit.jupiter.api.Test;

final class FunctionNotDefinerTest extends CheckTest {

    FunctionNotDefinerTest() {
        super(new FunctionNotDefiner());
    }

    private static final String INVOKER = "ALTER FUNCTION current_trackpay_user_id() SECURITY INVOKER";

    @Test
    void namesTheHelperThatRunsAsItsCaller() {
        Finding finding = guilty(INVOKER);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.6");
    }

    /** The app may not delete relationships itself, only this function may. */
    @Test
    void asItsCallerAFunctionMayNotWhatItIsThereFor() {
        String invoker = "ALTER FUNCTION delete_client_relationship_safely(uuid) SECURITY INVOKER";
        String call = "SELECT delete_client_relationship_safely('b0000000-0000-4000-8000-000000000002')";
        String relationship = "INSERT INTO trackpay_relationships (provider_id, client_id) VALUES"
                + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002')";
        String login = "SET LOCAL request.jwt.claims = '{\"sub\": \"a0000000-0000-4000-8000-000000000001\"}'";

        state(call, Keys.ROWS[0], Keys.ROWS[1], relationship, login, "SET LOCAL ROLE authenticated")
                .isEqualTo("00000");
        state(call, Keys.ROWS[0], Keys.ROWS[1], relationship, invoker, login, "SET LOCAL ROLE authenticated")
                .isEqualTo("42501");
    }

    @Test
    void aFunctionReplacedWithoutTheWordIsInvoker() {
        guilty("CREATE OR REPLACE FUNCTION public.current_trackpay_user_id() RETURNS uuid LANGUAGE sql STABLE AS"
                + " 'SELECT null::uuid'");
    }

    @Test
    void everyDeclaredDefinerIsLookedAt() {
        assertThat(findings(INVOKER, "ALTER FUNCTION delete_client_relationship_safely(uuid) SECURITY INVOKER"))
                .hasSize(2);
    }

    @Test
    void itsOwnSqlRepairsIt() {
        repairs(INVOKER, "ALTER FUNCTION delete_client_relationship_safely(uuid) SECURITY INVOKER");
    }

    @Test
    void aMissingFunctionIsNotAlsoInvoker() {
        innocent("DROP FUNCTION delete_client_relationship_safely(uuid)");
    }

    @Test
    void aDefinerThatIsDeclaredInvokerIsNotThisChecksBusiness() {
        innocent("ALTER FUNCTION trackpay_touch() SECURITY DEFINER");
    }

    @Test
    void anInvokerOfTheSameNameWithOtherArgumentsDoesNotMatter() {
        innocent(
                "CREATE FUNCTION public.current_trackpay_user_id(int) RETURNS uuid LANGUAGE sql AS 'SELECT null::uuid'");
    }
}
