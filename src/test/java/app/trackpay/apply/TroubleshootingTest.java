package app.trackpay.apply;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.database.Target;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plan adds to the server's words. */
class TroubleshootingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3.0 | 42P01 | relation "trackpay_users" does not exist | step 3.1 (trackpay_schema.sql) creates public.trackpay_users, but comes later
            3.5 | 42P01 | relation "public.trackpay_users" does not exist | according to the plan, and did not
            3.5 | 42P01 | relation "elsewhere" does not exist | no step of the plan provides this table
            3.4 | 42703 | column "auth_user_id" does not exist | step 3.1 (trackpay_schema.sql) is to give public.trackpay_users this column
            3.4 | 42703 | column u.auth_user_id does not exist | the exported schema lacks it
            3.4 | 42703 | column "crew_size" of relation "trackpay_sessions" does not exist | public.trackpay_sessions this column
            3.1 | 42883 | function public.touch() does not exist | leaves out the functions
            3.4 | 42883 | function current_trackpay_user_id() does not exist | step 3.6 (015_rls_helper.sql) creates public.current_trackpay_user_id(), but comes later
            3.5 | 42710 | relation "trackpay_users" is already member of publication "supabase_realtime" | adding it twice is an error
            3.1 | 42P06 | schema "public" already exists | CREATE SCHEMA IF NOT EXISTS
            3.7 | 42710 | policy "p" for table "t" already exists | DROP ... IF EXISTS
            3.7 | 42704 | role "authenticated" does not exist | no Supabase project
            3.1 | 42704 | type "extensions.citext" does not exist | CREATE EXTENSION IF NOT EXISTS in a step before
            3.1 | 42704 | operator class "public.gin_trgm_ops" does not exist for access method "gin" | If an extension brings it
            3.7 | 42501 | must be owner of table users | which is no superuser
            3.7 | 42P17 | infinite recursion detected in policy for relation "trackpay_users" | SECURITY DEFINER
            3.6 | 23505 | could not create unique index "ux_trackpay_users_auth_user" | rows that are there already
            3.6 | 23514 | check constraint "c" of relation "t" is violated by some row | rows that are there already
            3.0 | 0A000 | extension "pg_stat_statements" is not available | contrib package
            """)
    void causeAndRemedyAreNamed(String step, String state, String message, String expected) throws Exception {
        assertThat(advice(step, state, message))
                .hasValueSatisfying(advice -> assertThat(advice).contains(expected));
    }

    @Test
    void nothingIsMadeUp() throws Exception {
        assertThat(advice("3.7", "42601", "syntax error at or near \"x\"")).isEmpty();
        assertThat(advice("3.7", "42703", "column \"provider_idd\" does not exist"))
                .isEmpty();
        assertThat(advice("3.1", "23505", "duplicate key value violates unique constraint \"p\""))
                .isEmpty();
        assertThat(advice("3.0", "0A000", "cannot do this")).isEmpty();
        assertThat(advice("3.7", "42704", "role \"reporting\" does not exist")).isEmpty();
    }

    @Test
    void whoMadeWhatIsThereAlreadyIsSaidAsFarAsItIsKnown() throws Exception {
        String table = "relation \"trackpay_users\" already exists";
        assertThat(advice(Target.Kind.REHEARSAL, "3.5", "42P07", table))
                .hasValueSatisfying(advice -> assertThat(advice)
                        .contains("an earlier statement of the plan made", "Step 3.1 (trackpay_schema.sql) is to make")
                        .doesNotContain("empty database", "somebody else", "adopt"));
        assertThat(advice(Target.Kind.LIVE, "3.5", "42P07", table))
                .hasValueSatisfying(advice -> assertThat(advice)
                        .contains("an earlier statement of the plan made it, or somebody else", "Step 3.1", "adopt"));
        // no step before this one names it
        assertThat(advice(Target.Kind.LIVE, "3.1", "42P07", table))
                .hasValueSatisfying(advice -> assertThat(advice).doesNotContain("is to make"));
        assertThat(advice(Target.Kind.REHEARSAL, "3.5", "42P07", "relation \"other\" already exists"))
                .hasValueSatisfying(advice -> assertThat(advice).doesNotContain("is to make"));
    }

    private static Optional<String> advice(String id, String state, String message) throws Exception {
        return advice(Target.Kind.LIVE, id, state, message);
    }

    private static Optional<String> advice(Target.Kind kind, String id, String state, String message) throws Exception {
        Plan plan = PlanReader.read(Path.of("src/main/resources/app/trackpay/reference"));
        Unit unit = plan.steps().stream()
                .filter(step -> step.id().equals(id))
                .map(step -> new Unit(
                        step, 1, 0, "", new Script(new Source(step.name(), ""), "", List.of()), 0, 0, List.of()))
                .findFirst()
                .orElseThrow();
        return new Troubleshooting(plan, unit, kind).advice(state, message);
    }
}
