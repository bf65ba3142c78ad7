package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MissingFunctionTest extends CheckTest {

    MissingFunctionTest() {
        super(new MissingFunction());
    }

    private static final String DROP = "DROP FUNCTION delete_client_relationship_safely(uuid)";
    private static final String CALL =
            "SELECT delete_client_relationship_safely('00000000-0000-0000-0000-000000000000'::uuid)";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("no function", DROP).proof(CALL, "42883"),
                Case.guilty(
                                "a function with another argument",
                                DROP,
                                "CREATE FUNCTION public.delete_client_relationship_safely(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'")
                        .proof(CALL, "42883"),
                Case.guilty(
                                "a function that gives back nothing",
                                DROP,
                                "CREATE FUNCTION public.delete_client_relationship_safely(uuid) RETURNS void LANGUAGE sql AS ''")
                        .proof(CALL + " IS TRUE", "42804"),
                Case.guilty(
                                "the function in another schema",
                                "CREATE SCHEMA app",
                                "ALTER FUNCTION delete_client_relationship_safely(uuid) SET SCHEMA app")
                        .proof(CALL, "42883"),
                Case.innocent(
                                "an overload beside it",
                                "CREATE FUNCTION public.delete_client_relationship_safely(text) RETURNS void LANGUAGE sql AS ''")
                        .proof(Callers.VISITOR, CALL, "42501"),
                Case.innocent(
                                "another name of its argument and other letters",
                                DROP,
                                "CREATE FUNCTION public.Delete_Client_Relationship_Safely(other uuid) RETURNS bool LANGUAGE sql AS 'SELECT true'")
                        .proof(CALL, "t"),
                Case.innocent(
                                "another body",
                                DROP,
                                "CREATE FUNCTION public.delete_client_relationship_safely(p_client_id uuid) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN false; END'")
                        .proof(CALL, "f"));
    }

    @Test
    void namesTheFunctionAndItsStep() {
        Finding finding = guilty("DROP FUNCTION delete_client_relationship_safely(uuid)");

        assertThat(finding.object()).isEqualTo("function public.delete_client_relationship_safely(uuid)");
        assertThat(finding.fix())
                .isEqualTo(
                        "run step 3.4 (20251016_fix_delete_rpc_provider_lookup.sql), or mend that file where running it did not help");
        state(
                        "SELECT delete_client_relationship_safely('00000000-0000-0000-0000-000000000000')",
                        "DROP FUNCTION delete_client_relationship_safely(uuid)")
                .isEqualTo("42883");
    }

    @Test
    void anotherArgumentTypeIsAnotherFunction() {
        Finding finding = guilty(
                "DROP FUNCTION delete_client_relationship_safely(uuid)",
                "CREATE FUNCTION public.delete_client_relationship_safely(text) RETURNS boolean LANGUAGE sql AS 'SELECT true'");

        assertThat(finding.message()).contains("there is public.delete_client_relationship_safely(text)");
    }

    @Test
    void anotherResultIsSaid() {
        Finding finding = guilty(
                "DROP FUNCTION delete_client_relationship_safely(uuid)",
                "CREATE FUNCTION public.delete_client_relationship_safely(uuid) RETURNS void LANGUAGE sql AS ''");

        assertThat(finding.message()).contains("returns void, the plan declares boolean");
        assertThat(finding.fix()).startsWith("drop it, then run step 3.4");
    }

    @Test
    void theStepMakesItAgain() {
        repairedByItsStep("DROP FUNCTION delete_client_relationship_safely(uuid)");
    }
}
