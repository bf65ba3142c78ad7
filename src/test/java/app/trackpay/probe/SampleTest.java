package app.trackpay.probe;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Finding;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.check.Severity;
import app.trackpay.check.rls.WrongIdentity;
import app.trackpay.database.GrantEra;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A database with people in it: the fixtures play them. */
final class SampleTest {

    private static final ReferenceDatabase DATABASE = ReferenceDatabase.on(17, GrantEra.NEW);

    private static Observation sample(boolean writes, String... statements) throws Exception {
        try (Trial trial = DATABASE.trialAsPostgres()) {
            trial.run(Files.readString(DATABASE.plan().fixtures().orElseThrow()));
            trial.run(statements);
            Catalog catalog = trial.catalog();
            List<Finding> stored =
                    new WrongIdentity().findings(DATABASE.plan(), catalog).toList();
            return Probe.sample(trial.connection(), DATABASE.plan(), catalog, writes, stored);
        }
    }

    private static List<String> keys(Observation seen) {
        return seen.findings().stream().map(Finding::key).toList();
    }

    @Test
    void realUsersSeeWhatSomeoneOfThePlanMaySee() throws Exception {
        Observation seen = sample(false);

        assertThat(seen.findings()).extracting(Finding::message).isEmpty();
        assertThat(seen.notes()).isEmpty();
        // five users, nobody and anon
        assertThat(seen.matrix().columns()).hasSize(2 + 5 + 2);
        assertThat(seen.asked()).isEmpty();
    }

    @Test
    void aLeakIsFoundWithoutFixtures() throws Exception {
        assertThat(keys(sample(
                        false,
                        "GRANT SELECT ON trackpay_payments TO anon",
                        "CREATE POLICY leak ON trackpay_payments FOR SELECT TO anon, authenticated USING (true)")))
                .contains("rows-leaked|table public.trackpay_payments for anon")
                .anyMatch(key -> key.startsWith("rows-leaked|table public.trackpay_payments for a0000000-"));
    }

    @Test
    void rowsThatAreHiddenFromTheirOwnersAreFound() throws Exception {
        Observation seen = sample(
                false, "ALTER POLICY tp_sessions_select_party ON trackpay_sessions USING (provider_id = auth.uid())");

        assertThat(keys(seen))
                .contains("rows-hidden|table public.trackpay_sessions for a0000000-0000-4000-8000-000000000001");
        assertThat(seen.findings()).allSatisfy(finding -> {
            assertThat(finding.message())
                    .contains(
                            "policy public.trackpay_sessions.tp_sessions_select_party compares ids of different kinds");
            assertThat(finding.fix()).contains("compare with (SELECT public.current_trackpay_user_id())");
        });
    }

    @Test
    void writesAreTriedOnlyWhereAskedFor() throws Exception {
        String[] open = {
            "GRANT DELETE ON trackpay_payments TO authenticated",
            "CREATE POLICY old ON trackpay_payments FOR DELETE TO authenticated USING (true)"
        };

        assertThat(keys(sample(false, open))).isEmpty();
        assertThat(keys(sample(true))).isEmpty();
        assertThat(keys(sample(true, open)))
                .contains(
                        "write-allowed|table public.trackpay_payments for a0000000-0000-4000-8000-000000000001, delete");
    }

    @Test
    void readsWriteNothingInAnOpenTransactionEither() throws Exception {
        assertThat(sample(
                                false,
                                "CREATE TABLE seen (at timestamptz)",
                                "CREATE FUNCTION note() RETURNS boolean LANGUAGE sql SECURITY DEFINER"
                                        + " AS 'INSERT INTO public.seen VALUES (now()) RETURNING true'",
                                "ALTER POLICY tp_sessions_select_party ON trackpay_sessions USING (note())")
                        .findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("25006"));
    }

    @Test
    void aDatabaseWithoutUsersSaysSo() throws Exception {
        try (Trial trial = DATABASE.trialAsPostgres()) {
            Observation seen = Probe.sample(trial.connection(), DATABASE.plan(), trial.catalog(), false, List.of());

            assertThat(seen.notes()).singleElement().asString().contains("no user yet");
        }
    }

    @Test
    void aTableThatIsNotThereCouldNotBeTried() throws Exception {
        assertThat(sample(false, "DROP TABLE trackpay_invites").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.key()).isEqualTo("query-fails|table public.trackpay_invites");
                    assertThat(finding.severity()).isEqualTo(Severity.COULD_NOT_RUN);
                });
    }

    @Test
    void aPersonaWithClaimsIsNobodyThatIsThere() throws Exception {
        Plan plan = DATABASE.plan();
        Persona admin = new Persona("admin", "authenticated", Optional.of(UUID.randomUUID()), Map.of("aal", "aal2"));
        Plan with = new Plan(
                plan.directory(),
                plan.file(),
                plan.scope(),
                plan.steps(),
                plan.financial(),
                plan.identity(),
                Stream.concat(plan.personas().stream(), Stream.of(admin)).toList(),
                plan.access(),
                plan.assumed(),
                plan.protectedColumns(),
                plan.calls(),
                plan.suppressions(),
                plan.fixtures());
        try (Trial trial = DATABASE.trialAsPostgres()) {
            trial.run(Files.readString(plan.fixtures().orElseThrow()));

            assertThat(Probe.sample(trial.connection(), with, trial.catalog(), false, List.of())
                            .notes())
                    .singleElement()
                    .asString()
                    .startsWith("nobody stood in for admin");
        }
    }
}
