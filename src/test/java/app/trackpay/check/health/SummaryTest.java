package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedPolicy;
import app.trackpay.plan.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SummaryTest {

    private static final ReferenceDatabase DATABASE = ReferenceDatabase.on(17, GrantEra.NEW);

    private static String status(String category, Plan plan, String... statements) {
        try (Trial trial = DATABASE.trial().run(statements)) {
            return Summary.row(category, plan, trial.catalog()).orElseThrow().status();
        }
    }

    @Test
    void theReferenceSetIsExactlyWhatThePlanExpects() {
        try (Trial trial = DATABASE.trial()) {
            List<Summary.Row> rows = Summary.of(DATABASE.plan(), trial.catalog());

            assertThat(rows)
                    .extracting(Summary.Row::category)
                    .containsExactly(
                            "extensions",
                            "foreign keys",
                            "functions",
                            "indexes",
                            "policies",
                            "publication tables",
                            "row security",
                            "tables",
                            "triggers");
            assertThat(rows).allSatisfy(row -> {
                assertThat(row.status()).as(row.category()).isEqualTo("OK");
                assertThat(row.actual())
                        .as(row.category())
                        .isEqualTo(row.expected())
                        .isPositive();
            });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foreign keys|ALTER TABLE trackpay_payments DROP CONSTRAINT trackpay_payments_session_id_fkey|1 MISSING",
                "foreign keys|ALTER TABLE trackpay_relationship_audit ADD FOREIGN KEY (client_id) REFERENCES trackpay_users|1 UNEXPECTED",
                "foreign keys|ALTER TABLE trackpay_payments RENAME CONSTRAINT trackpay_payments_session_id_fkey TO other|OK",
                "foreign keys|ALTER TABLE trackpay_invites DROP CONSTRAINT trackpay_invites_client_id_fkey, ADD FOREIGN KEY"
                        + " (client_id) REFERENCES auth.users|1 MISSING, 1 UNEXPECTED",
                "extensions|DROP EXTENSION pgcrypto|1 MISSING",
                "extensions|CREATE EXTENSION citext SCHEMA extensions|OK",
                "functions|DROP FUNCTION trackpay_claim_invite(text)|1 MISSING",
                "functions|CREATE FUNCTION public.trackpay_claim_invite(int) RETURNS int LANGUAGE sql AS 'SELECT 1'|1 UNEXPECTED",
                "functions|CREATE FUNCTION public.of_another_app() RETURNS int LANGUAGE sql AS 'SELECT 1'|OK",
                "indexes|DROP INDEX idx_trackpay_invites_code, idx_trackpay_invites_client|2 MISSING",
                "policies|CREATE POLICY p ON trackpay_users USING (false)|1 UNEXPECTED",
                "publication tables|ALTER PUBLICATION supabase_realtime DROP TABLE trackpay_users|1 MISSING",
                "publication tables|DROP PUBLICATION supabase_realtime|8 MISSING",
                "row security|ALTER TABLE trackpay_users DISABLE ROW LEVEL SECURITY|1 MISSING",
                "tables|CREATE TABLE public.trackpay_more (id int)|1 UNEXPECTED",
                "triggers|DROP TRIGGER trackpay_users_touch ON trackpay_users|1 MISSING",
                "triggers|ALTER TRIGGER trackpay_users_touch ON trackpay_users RENAME TO t|1 MISSING, 1 UNEXPECTED"
            })
    void countsWhatIsMissingAndWhatIsTooMany(String category, String fault, String status) {
        assertThat(status(category, DATABASE.plan(), fault)).isEqualTo(status);
    }

    @Test
    void aPublicationOfAllTablesIsComplete() {
        assertThat(status(
                        "publication tables",
                        DATABASE.plan(),
                        "DROP PUBLICATION supabase_realtime",
                        "CREATE PUBLICATION supabase_realtime FOR ALL TABLES"))
                .isEqualTo("OK");
    }

    @Test
    void aScopeOfAWholeSchemaAnswersForItsFunctions() {
        Plan whole = Plans.with(DATABASE.plan(), new Scope(List.of("public"), List.of()));

        assertThat(status("functions", whole, "CREATE FUNCTION public.more() RETURNS int LANGUAGE sql AS 'SELECT 1'"))
                .isEqualTo("1 UNEXPECTED");
    }

    @Test
    void onAPlatformsTableOnlyDeclaredPoliciesCount() {
        Plan plan =
                Plans.with(DATABASE.plan(), new ProvidedPolicy(new QualifiedName("storage", "objects"), "Own files"));
        String own = "CREATE POLICY \"Own files\" ON storage.objects USING (false)";
        String other = "CREATE POLICY other ON storage.objects USING (false)";

        assertThat(status("policies", plan, other)).isEqualTo("1 MISSING");
        assertThat(status("policies", plan, own, other)).isEqualTo("OK");
        assertThat(status("row security", plan)).as("the platform's business").isEqualTo("OK");
    }

    @Test
    void aKindThatThePlanDeclaresNothingOfHasNoRow() {
        Plan nothing = Plans.withSteps(DATABASE.plan(), List.of());

        try (Trial trial = DATABASE.trial()) {
            assertThat(Summary.of(nothing, trial.catalog())).isEmpty();
        }
    }
}
