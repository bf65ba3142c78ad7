package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import org.junit.jupiter.api.Test;

final class MissingFunctionTest extends CheckTest {

    MissingFunctionTest() {
        super(new MissingFunction());
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
    void aFunctionInAnotherSchemaIsNotTheFunction() {
        guilty("CREATE SCHEMA app", "ALTER FUNCTION delete_client_relationship_safely(uuid) SET SCHEMA app");
    }

    @Test
    void theStepMakesItAgain() {
        repairedByItsStep("DROP FUNCTION delete_client_relationship_safely(uuid)");
    }

    @Test
    void overloadsBesideItDoNotMatter() {
        innocent("CREATE FUNCTION public.delete_client_relationship_safely(text) RETURNS void LANGUAGE sql AS ''");
    }

    @Test
    void namesOfArgumentsDoNotMatter() {
        innocent(
                "DROP FUNCTION delete_client_relationship_safely(uuid)",
                "CREATE FUNCTION public.Delete_Client_Relationship_Safely(other uuid) RETURNS bool LANGUAGE sql AS 'SELECT true'");
    }

    @Test
    void aDifferentBodyIsTheSameFunction() {
        innocent("CREATE OR REPLACE FUNCTION public.current_trackpay_user_id() RETURNS uuid LANGUAGE sql STABLE AS"
                + " 'SELECT null::uuid'");
    }
}
