package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.Judgement;
import app.trackpay.check.Keys;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.check.Severity;
import app.trackpay.database.GrantEra;
import app.trackpay.plan.Financial;
import app.trackpay.plan.Financial.Exemption;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Scope;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One fault at a time on PostgreSQL 15: its own check says so, and no other error does. */
final class HealthFaultsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

    private static ReferenceDatabase database(GrantEra era) {
        return ReferenceDatabase.on(15, era);
    }

    @ParameterizedTest
    @EnumSource
    void theReferenceSetIsHealthyInBothEras(GrantEra era) {
        try (Trial trial = database(era).trial()) {
            assertThat(judge(trial.plan(), trial).findings()).isEmpty();
            assertThat(Summary.of(trial.plan(), trial.catalog()))
                    .allSatisfy(
                            row -> assertThat(row.status()).as(row.category()).isEqualTo("OK"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 16, 18})
    void otherReleasesAreJudgedAlike(int major) {
        try (Trial trial = ReferenceDatabase.on(major, GrantEra.NEW).trial()) {
            assertThat(judge(trial.plan(), trial).findings()).isEmpty();

            trial.run(
                    Keys.rekey("trackpay_payments", "client_id", "CASCADE"),
                    "ALTER TABLE trackpay_users ADD CHECK (name <> '') NOT VALID",
                    "REVOKE ALL ON trackpay_users FROM authenticated",
                    "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_users");

            assertThat(judge(trial.plan(), trial).findings())
                    .extracting(Finding::check)
                    .containsExactly(
                            "financial-cascade",
                            "missing-publication-table",
                            "policy-without-grant",
                            "constraint-not-validated");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faults")
    void oneFaultFlipsItsOwnCheckAndNoOtherError(String check, String fault) {
        try (Trial trial = database(GrantEra.NEW).trial().run(fault)) {
            Judgement judgement = judge(trial.plan(), trial);

            assertThat(judgement.findings()).extracting(Finding::check).contains(check);
            assertThat(checksOfErrors(judgement)).isSubsetOf(check);
        }
    }

    private static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("missing-extension", "DROP EXTENSION pg_stat_statements"),
                Arguments.of("missing-extension", "DROP EXTENSION pgcrypto"),
                Arguments.of("missing-table", "DROP TABLE trackpay_invites CASCADE"),
                Arguments.of("missing-table", "DROP TABLE trackpay_users CASCADE"),
                Arguments.of("missing-table", "DROP TABLE trackpay_sessions CASCADE"),
                Arguments.of("missing-table", "ALTER TABLE trackpay_payments RENAME TO payments"),
                Arguments.of("missing-column", "ALTER TABLE trackpay_users DROP COLUMN display_name"),
                Arguments.of("missing-column", "ALTER TABLE trackpay_payments DROP COLUMN session_ids"),
                Arguments.of("missing-column", "ALTER TABLE trackpay_payments DROP COLUMN session_id"),
                Arguments.of(
                        "column-type",
                        "ALTER TABLE trackpay_payments ALTER session_ids DROP DEFAULT, ALTER session_ids TYPE text[]"),
                Arguments.of("column-type", "ALTER TABLE trackpay_payments ALTER amount TYPE numeric(12,4)"),
                Arguments.of("missing-function", "DROP FUNCTION delete_client_relationship_safely(uuid)"),
                Arguments.of("missing-function", "ALTER FUNCTION trackpay_claim_invite(text) RENAME TO claim"),
                Arguments.of("function-not-definer", "ALTER FUNCTION current_trackpay_user_id() SECURITY INVOKER"),
                Arguments.of("missing-trigger", "DROP TRIGGER trackpay_users_touch ON trackpay_users"),
                Arguments.of("trigger-disabled", "ALTER TABLE trackpay_users DISABLE TRIGGER trackpay_users_touch"),
                Arguments.of("missing-unique-index", "DROP INDEX ux_trackpay_users_auth_user"),
                Arguments.of(
                        "missing-unique-index",
                        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ux_trackpay_users_auth_user'::regclass"),
                Arguments.of("missing-index", "DROP INDEX idx_trackpay_sessions_client_created"),
                Arguments.of(
                        "index-invalid",
                        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_trackpay_invites_code'::regclass"),
                Arguments.of(
                        "missing-foreign-key",
                        "ALTER TABLE trackpay_payments DROP CONSTRAINT trackpay_payments_session_id_fkey"),
                Arguments.of(
                        "foreign-key-delete-rule",
                        Keys.rekey("trackpay_users", "auth_user_id", "auth.users", "CASCADE")),
                Arguments.of("foreign-key-delete-rule", Keys.rekey("trackpay_activities", "user_id", "CASCADE")),
                Arguments.of("foreign-key-delete-rule", Keys.rekey("trackpay_relationships", "client_id", "CASCADE")),
                Arguments.of("financial-cascade", Keys.rekey("trackpay_payments", "client_id", "CASCADE")),
                Arguments.of("financial-cascade", Keys.rekey("trackpay_sessions", "provider_id", "CASCADE")),
                Arguments.of(
                        "financial-cascade",
                        Keys.rekey("trackpay_requests", "session_id", "trackpay_sessions", "CASCADE")),
                Arguments.of(
                        "constraint-not-validated", Keys.rekey("trackpay_payments", "client_id", "RESTRICT NOT VALID")),
                Arguments.of("missing-policy", "DROP POLICY tp_payments_select_party ON trackpay_payments"),
                Arguments.of(
                        "missing-publication-table",
                        "ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_payments"),
                Arguments.of(
                        "missing-publication-table", "ALTER PUBLICATION supabase_realtime SET (publish = 'insert')"),
                Arguments.of("missing-publication-table", "DROP PUBLICATION supabase_realtime"),
                Arguments.of("realtime-without-rls", "ALTER TABLE trackpay_payments DISABLE ROW LEVEL SECURITY"),
                Arguments.of("privilege-not-revoked", "GRANT DELETE ON trackpay_relationships TO authenticated"),
                Arguments.of("policy-without-grant", "REVOKE ALL ON trackpay_payments FROM authenticated"),
                Arguments.of("policy-without-grant", "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM authenticated"),
                Arguments.of("policy-without-grant", "REVOKE USAGE ON SCHEMA public FROM authenticated, PUBLIC"),
                Arguments.of("table-count", "CREATE TABLE public.trackpay_more (id int)"),
                Arguments.of("policy-count", "CREATE POLICY more ON trackpay_users TO authenticated USING (true)"),
                Arguments.of("index-count", "CREATE INDEX more ON trackpay_users (name)"));
    }

    /** A folder that is read without a plan file declares nothing; what needs no declaration is still seen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "constraint-not-validated:ALTER TABLE trackpay_users ADD CHECK (name <> '') NOT VALID",
                "trigger-disabled:ALTER TABLE trackpay_users DISABLE TRIGGER USER",
                "realtime-without-rls:ALTER TABLE trackpay_users DISABLE ROW LEVEL SECURITY",
                "policy-without-grant:REVOKE ALL ON trackpay_users FROM authenticated",
                ":SELECT 1"
            })
    void withoutDeclarationsTheRestIsStillSeen(String checkAndFault) {
        String[] parts = checkAndFault.split(":", 2);
        try (Trial trial = database(GrantEra.NEW).trial().run(parts[1])) {
            Plan plan = Plans.with(Plans.withSteps(trial.plan(), List.of()), new Scope(List.of("public"), List.of()));

            assertThat(judge(Plans.with(plan, Financial.NOTHING), trial).findings())
                    .extracting(Finding::check)
                    .hasSize(parts[0].isEmpty() ? 0 : 1)
                    .allMatch(parts[0]::equals);
        }
    }

    /** The last link of a path is a cascade of money by itself; only where that is declared can the path be the one fault. */
    @ParameterizedTest
    @MethodSource("paths")
    void onePathFlipsItsOwnCheckAndNoOtherError(String fault) {
        Plan plan = ReferenceDatabase.on(15, GrantEra.NEW).plan();
        ColumnName batch = new ColumnName(new QualifiedName("public", "trackpay_payments"), "batch");
        Plan excepted = Plans.with(
                plan, new Financial(plan.financial().tables(), List.of(new Exemption(batch, "a batch is a draft"))));
        String batches = "CREATE TABLE public.app_batches (id int PRIMARY KEY, owner uuid REFERENCES trackpay_users);"
                + " ALTER TABLE trackpay_payments ADD batch int REFERENCES app_batches ON DELETE CASCADE";
        try (Trial trial = database(GrantEra.NEW).trial().run(batches)) {
            assertThat(checksOfErrors(judge(excepted, trial))).isEmpty();

            assertThat(checksOfErrors(judge(excepted, trial.run(fault)))).containsExactly("financial-cascade-path");
        }
    }

    private static Stream<String> paths() {
        return Stream.of(
                Keys.rekey("app_batches", "owner", "CASCADE"),
                "ALTER TABLE app_batches ADD login uuid REFERENCES auth.users ON DELETE CASCADE");
    }

    private static Judgement judge(Plan plan, Trial trial) {
        return Judge.judge(plan, trial.catalog(), Checks.health(), TODAY);
    }

    private static Set<String> checksOfErrors(Judgement judgement) {
        return judgement.findings().stream()
                .filter(f -> f.severity() == Severity.ERROR)
                .map(Finding::check)
                .collect(Collectors.toSet());
    }
}
