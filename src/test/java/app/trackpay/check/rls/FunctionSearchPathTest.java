package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FunctionSearchPathTest extends CheckTest {

    FunctionSearchPathTest() {
        super(new FunctionSearchPath());
    }

    private static final String CODE =
            " RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM trackpay_codes'";
    private static final String OPEN = "CREATE FUNCTION public.codes()" + CODE;
    private static final String TABLE = "CREATE TABLE public.trackpay_codes (id int)";
    private static final String[] SHADOW = {
        PROVIDER,
        "CREATE TEMPORARY TABLE trackpay_codes (id int)",
        "GRANT SELECT ON trackpay_codes TO PUBLIC",
        "INSERT INTO trackpay_codes VALUES (1), (2)"
    };

    private static final String CODES = "SELECT public.codes()";

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("a definer function that reads its caller's temporary table", TABLE, OPEN)
                        .proof(SHADOW, CODES, "2"),
                Case.guilty(
                                "a setting that is not the path",
                                TABLE,
                                OPEN,
                                "ALTER FUNCTION codes() SET work_mem = '1MB'")
                        .proof(SHADOW, CODES, "2"),
                Case.guilty(
                                "an invoker function that works in one session and fails in another",
                                TABLE,
                                OPEN.replace("DEFINER", "INVOKER"))
                        .proof(new String[] {"SET LOCAL search_path = ''"}, CODES, "42P01"),
                Case.innocent(
                                "a path that ends in temporary tables",
                                TABLE,
                                OPEN,
                                "ALTER FUNCTION codes() SET search_path = public, pg_temp")
                        .proof(SHADOW, CODES, "0"),
                Case.innocent(
                                "an empty path",
                                TABLE,
                                OPEN.replace("trackpay_codes'", "public.trackpay_codes'"),
                                "ALTER FUNCTION codes() SET search_path = ''")
                        .proof(SHADOW, CODES, "0"),
                Case.innocent(
                                "a body that was parsed when the function was made",
                                TABLE,
                                "CREATE FUNCTION public.codes() RETURNS bigint LANGUAGE sql SECURITY DEFINER BEGIN ATOMIC SELECT count(*) FROM trackpay_codes; END")
                        .proof(SHADOW, CODES, "0"),
                Case.innocent(
                                "a function in a schema that the API does not serve",
                                "CREATE SCHEMA inside",
                                TABLE,
                                OPEN.replace("public.codes", "inside.codes"))
                        .proof(SHADOW, "SELECT inside.codes()", "42501"));
    }

    @Test
    void namesTheDefinerFunctionThatReadsWhatItsCallerPutsInFront() {
        Finding finding = guilty(TABLE, OPEN);

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.object()).isEqualTo("function public.codes()");
        seen("SELECT public.codes()", with(new String[] {TABLE, OPEN}, SHADOW)).isEqualTo("2");
        seenAfterRepair("SELECT public.codes()", String.join("; ", SHADOW), TABLE, OPEN)
                .isEqualTo("0");
    }

    @Test
    void anInvokerFunctionIsAWarning() {
        assertThat(guilty(TABLE, OPEN.replace("DEFINER", "INVOKER")).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void triggerFunctionsAndProceduresCount() {
        assertThat(findings(
                        "CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NEW; END'",
                        "CREATE PROCEDURE public.wipe() LANGUAGE plpgsql AS 'BEGIN END'"))
                .extracting(Finding::severity)
                .containsExactlyInAnyOrder(Severity.ERROR, Severity.WARNING);
    }

    @Test
    void functionsOfExtensionsAndOfSchemasThatAreNotExposedDoNotMatter() {
        innocent(
                "CREATE EXTENSION tablefunc WITH SCHEMA public",
                "CREATE SCHEMA inside",
                TABLE,
                OPEN.replace("public.codes", "inside.codes"));
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(TABLE, OPEN, "CREATE PROCEDURE public.wipe(n int, t text) LANGUAGE plpgsql AS 'BEGIN END'");
    }
}
