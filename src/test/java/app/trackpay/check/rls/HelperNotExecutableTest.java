package app.trackpay.check.rls;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Callers;
import app.trackpay.check.Case;
import app.trackpay.check.CheckTest;
import app.trackpay.check.Finding;
import app.trackpay.check.Keys;
import app.trackpay.plan.Identity;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HelperNotExecutableTest extends CheckTest {

    HelperNotExecutableTest() {
        super(new HelperNotExecutable());
    }

    private static final String MINE = "SELECT count(*) FROM trackpay_payments";

    private static final String REVOKE = "REVOKE EXECUTE ON FUNCTION current_trackpay_user_id() FROM authenticated";

    private static final String FOR_ANON =
            "CREATE POLICY more ON trackpay_payments FOR SELECT TO anon USING (provider_id = current_trackpay_user_id())";
    private static final String ANON_READS = "GRANT SELECT ON trackpay_payments TO anon";

    private static final String[] PRIVATE = {
        "CREATE SCHEMA private", "ALTER FUNCTION public.current_trackpay_user_id() SET SCHEMA private"
    };
    private static final String LOOK_UP = "CREATE FUNCTION private.look_up() RETURNS uuid LANGUAGE sql STABLE SECURITY"
            + " DEFINER SET search_path = '' AS"
            + " $$SELECT id FROM public.trackpay_users WHERE auth_user_id = auth.uid()$$";
    private static final String LOOKED_UP = "CREATE OR REPLACE FUNCTION private.current_trackpay_user_id() RETURNS uuid"
            + " LANGUAGE sql STABLE SECURITY INVOKER SET search_path = '' AS $$SELECT private.look_up()$$";

    private static Plan ofPrivate(Plan plan) {
        ProvidedFunction helper = plan.identity().helper().orElseThrow();
        return new Plan(
                plan.directory(),
                plan.file(),
                plan.scope(),
                plan.steps(),
                plan.financial(),
                new Identity(
                        plan.identity().auth(),
                        plan.identity().internal(),
                        Optional.of(new ProvidedFunction(
                                new QualifiedName("private", helper.name().name()),
                                helper.argumentTypes(),
                                helper.returns(),
                                helper.security()))),
                plan.personas(),
                plan.access(),
                plan.assumed(),
                plan.protectedColumns(),
                plan.calls(),
                plan.suppressions(),
                plan.fixtures());
    }

    @Override
    protected List<Case> cases() {
        return List.of(
                Case.guilty("users who may not call it", REVOKE)
                        .after(Keys.ROWS)
                        .proof(Callers.PROVIDER, MINE, "42501"),
                Case.guilty(
                                "a schema that users may not use, where the helper looks up names in it with their rights",
                                with(PRIVATE, LOOK_UP, LOOKED_UP))
                        .after(Keys.ROWS)
                        .with("the helper is private.current_trackpay_user_id()", HelperNotExecutableTest::ofPrivate)
                        .proof(Callers.PROVIDER, MINE, "42501"),
                Case.guilty("visitors, where a policy with it is for them", FOR_ANON, ANON_READS)
                        .after(Keys.ROWS)
                        .proof(Callers.VISITOR, MINE, "42501"),
                Case.innocent("a schema that users may not use: policies hold the function, not its name", PRIVATE)
                        .after(Keys.ROWS)
                        .with("the helper is private.current_trackpay_user_id()", HelperNotExecutableTest::ofPrivate)
                        .proof(Callers.PROVIDER, MINE, "1"),
                Case.innocent(
                                "such a schema, and a helper whose names were looked up when it was made",
                                with(
                                        PRIVATE,
                                        LOOK_UP,
                                        LOOKED_UP
                                                .replace("AS $$SELECT", "RETURN")
                                                .replace("$$", "")))
                        .after(Keys.ROWS)
                        .with("the helper is private.current_trackpay_user_id()", HelperNotExecutableTest::ofPrivate)
                        .proof(Callers.PROVIDER, MINE, "1"),
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
    void aSchemaInWhichItLooksUpNamesMustBeOpen() {
        assertThat(findings(ofPrivate(plan()), with(PRIVATE, LOOK_UP, LOOKED_UP)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).contains("permission denied for schema private");
                    assertThat(finding.repair()).contains("GRANT USAGE ON SCHEMA private TO authenticated;");
                });
    }

    @Test
    void itsOwnSqlRepairsIt() {
        showsAndRepairs(REVOKE);
    }
}
