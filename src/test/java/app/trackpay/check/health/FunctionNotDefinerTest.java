package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FunctionNotDefinerTest extends CheckTest {

    FunctionNotDefinerTest() {
        super(new FunctionNotDefiner());
    }

    private static final String INVOKER = "ALTER FUNCTION current_trackpay_user_id() SECURITY INVOKER";

    private static final String MINE = "SELECT count(*) FROM trackpay_payments";
    private static final String ADD = "SELECT trackpay_add_client('C', 'c@example.test', NULL, 30) IS NOT NULL";
    private static final String DELETE =
            "SELECT delete_client_relationship_safely('b0000000-0000-4000-8000-000000000002')";

    /** A client of the provider, with no work left. */
    private static String[] client(String... rest) {
        return with(
                new String[] {
                    Keys.ROWS[0],
                    Keys.ROWS[1],
                    "INSERT INTO trackpay_relationships (provider_id, client_id) VALUES"
                            + " ('b0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000002')"
                },
                rest);
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("the helper, which then calls itself without an end", INVOKER)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "54001"),
                Case.guilty(
                                "a function that deletes what its caller may not",
                                client("ALTER FUNCTION delete_client_relationship_safely(uuid) SECURITY INVOKER"))
                        .proof(Callers.PROVIDER, DELETE, "42501"),
                Case.guilty(
                                "a function that writes what its caller may not",
                                client(
                                        "ALTER FUNCTION trackpay_add_client(text, text, text, numeric) SECURITY INVOKER"))
                        .proof(Callers.PROVIDER, ADD, "42501"),
                Case.innocent(
                                "a declared invoker that is a definer",
                                "ALTER FUNCTION trackpay_touch() SECURITY DEFINER")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"),
                Case.innocent(
                                "an invoker of the same name with other arguments",
                                "CREATE FUNCTION public.current_trackpay_user_id(int) RETURNS uuid LANGUAGE sql AS 'SELECT null::uuid'")
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "1"),
                Case.innocent(
                                "a definer of another owner",
                                client(
                                        "ALTER FUNCTION delete_client_relationship_safely(uuid) OWNER TO supabase_admin"))
                        .proof(Callers.PROVIDER, DELETE, "t"),
                Case.innocent(
                                "a definer that is also STRICT",
                                client("ALTER FUNCTION delete_client_relationship_safely(uuid) STRICT"))
                        .proof(Callers.PROVIDER, DELETE, "t"));
    }

    @Test
    void namesTheHelperThatRunsAsItsCaller() {
        Finding finding = guilty(INVOKER);

        assertThat(finding.object()).isEqualTo("function public.current_trackpay_user_id()");
        assertThat(finding.step().orElseThrow().id()).isEqualTo("3.6");
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
}
