package app.trackpay.check.health;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.Check;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.Judgement;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.check.Severity;
import app.trackpay.database.GrantEra;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Suppression;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class JudgeTest {

    private static final ReferenceDatabase DATABASE = ReferenceDatabase.on(17, GrantEra.NEW);
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
    private static final String FAULT = "DROP EXTENSION pgcrypto";

    private static Suppression pgcrypto(LocalDate until) {
        return new Suppression("missing-extension", "extension pgcrypto", "core has it", Optional.of(until));
    }

    private static Judgement judge(List<Check> checks, String fault, Suppression... suppressions) {
        Plan plan = Plans.withSuppressions(DATABASE.plan(), Arrays.asList(suppressions));
        try (Trial trial = DATABASE.trial().run(fault)) {
            return Judge.judge(plan, trial.catalog(), checks, TODAY);
        }
    }

    @Test
    void putsTheWorstFirst() {
        Judgement judgement = judge(
                Checks.health(),
                "CREATE INDEX more ON trackpay_users (name);"
                        + " ALTER TABLE trackpay_users ADD CHECK (name <> '') NOT VALID;"
                        + " DROP EXTENSION pgcrypto; DROP EXTENSION pg_stat_statements; DROP POLICY tp_users_select_self ON trackpay_users");

        assertThat(judgement.findings())
                .extracting(Finding::key)
                .containsExactly(
                        "missing-extension|extension pg_stat_statements",
                        "missing-extension|extension pgcrypto",
                        "missing-policy|policy public.trackpay_users.tp_users_select_self",
                        "constraint-not-validated|constraint public.trackpay_users.trackpay_users_name_check",
                        "index-count|indexes of the plan",
                        "policy-count|policies of the plan");
        assertThat(judgement.count(Severity.ERROR)).isEqualTo(3);
        assertThat(judgement.count(Severity.WARNING)).isEqualTo(1);
    }

    @Test
    void putsACauseBeforeWhatComesOfIt() {
        Finding cause = new Finding("wrong", Severity.ERROR, "policy p", "message", "fix");
        Finding effect = new Finding("hidden", Severity.ERROR, "table t", "message", "fix").causedBy("policy p");
        Check both = new Check() {
            @Override
            public String id() {
                return "both";
            }

            @Override
            public Stream<Finding> findings(Plan plan, Catalog catalog) {
                return Stream.of(effect, cause);
            }
        };

        assertThat(judge(List.of(both), "SELECT 1").findings()).containsExactly(cause, effect);
    }

    private static final String[] PEOPLE = {
        "CREATE TABLE public.trackpay_people (id uuid PRIMARY KEY REFERENCES auth.users, login uuid, n int)",
        "CREATE POLICY several ON trackpay_people FOR SELECT TO authenticated USING (id = auth.uid() OR"
                + " id = current_trackpay_user_id() OR (auth.jwt() -> 'user_metadata' ->> 'role') = 'admin')",
        "CREATE POLICY all_rows ON trackpay_people FOR SELECT TO authenticated USING (true)"
    };

    /** Each repair writes the stored text anew: the second would put back what the first mended. */
    @Test
    void everyPolicyIsChangedByOneStatementAtATime() {
        try (Trial trial = DATABASE.trial().run(PEOPLE)) {
            List<Finding> policy = changing("policy public.trackpay_people.several", trial);
            assertThat(policy).hasSizeGreaterThan(2);
            assertThat(policy.get(0).repair()).isPresent();
            assertThat(policy.stream().skip(1)).allSatisfy(finding -> {
                assertThat(finding.repair()).isEmpty();
                assertThat(finding.fix()).contains("the SQL of " + policy.get(0).check() + " above", "this goal again");
            });

            int rounds = 0;
            for (List<Finding> left = policy;
                    !left.isEmpty() && rounds < policy.size();
                    left = changing("policy public.trackpay_people.several", trial)) {
                left.forEach(finding -> finding.repair().ifPresent(trial::run));
                rounds++;
            }
            assertThat(changing("policy public.trackpay_people.several", trial)).isEmpty();
        }
    }

    private static List<Finding> changing(String policy, Trial trial) {
        return Judge.judge(DATABASE.plan(), trial.catalog(), Checks.rls(), TODAY).findings().stream()
                .filter(finding -> finding.object().equals(policy))
                // what no persona of the plan tries has no repair
                .filter(finding -> !finding.check().equals("policy-unprobed"))
                .toList();
    }

    @Test
    void aRepairOfAnotherPolicyOrByTheSameSqlStays() {
        Finding one = new Finding("a", Severity.ERROR, "policy p", "message", "fix").repairedBy("DROP POLICY p;");
        Finding same = new Finding("b", Severity.ERROR, "table t", "message", "fix")
                .causedBy("policy p")
                .repairedBy("DROP POLICY p;");
        Finding other = new Finding("c", Severity.ERROR, "policy q", "message", "fix").repairedBy("DROP POLICY q;");
        Finding table = new Finding("d", Severity.ERROR, "table t", "message", "fix").repairedBy("GRANT 1;");
        Finding more = new Finding("e", Severity.ERROR, "table t", "message", "fix").repairedBy("GRANT 2;");

        assertThat(Judge.judge(DATABASE.plan(), List.of(one, same, other, table, more), Set.of(), TODAY)
                        .findings())
                .containsExactlyInAnyOrder(one, same, other, table, more);
    }

    /** Nobody runs what is not shown: the next repair is then the first. */
    @Test
    void theRepairOfASuppressedFindingIsNoneAbove() {
        Finding hidden = new Finding("a", Severity.ERROR, "policy p", "message", "fix").repairedBy("DROP POLICY p;");
        Finding shown = new Finding("b", Severity.ERROR, "policy p", "message", "fix").repairedBy("ALTER POLICY p;");
        Plan plan = Plans.withSuppressions(
                DATABASE.plan(), List.of(new Suppression("a", "policy p", "meant", Optional.empty())));

        assertThat(Judge.judge(plan, List.of(hidden, shown), Set.of("a", "b"), TODAY)
                        .findings())
                .containsExactly(shown);
    }

    @Test
    void aSuppressionHidesItsFindingWithTheReason() {
        Judgement judgement = judge(Checks.health(), FAULT, pgcrypto(TODAY));

        assertThat(judgement.findings()).isEmpty();
        assertThat(judgement.suppressed()).singleElement().satisfies(s -> {
            assertThat(s.reason()).isEqualTo("core has it");
            assertThat(s.finding().object()).isEqualTo("extension pgcrypto");
        });
        assertThat(judgement.notes()).isEmpty();
    }

    @Test
    void anExpiredSuppressionHidesNothingAndSaysSo() {
        Judgement judgement = judge(Checks.health(), FAULT, pgcrypto(TODAY.minusDays(1)));

        assertThat(judgement.suppressed()).isEmpty();
        assertThat(judgement.findings())
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("suppression ended on 2026-11-30", "core has it"));
    }

    @Test
    void aSecondSuppressionThatStillHoldsHides() {
        assertThat(judge(Checks.health(), FAULT, pgcrypto(TODAY.minusDays(1)), pgcrypto(TODAY))
                        .findings())
                .isEmpty();
    }

    @Test
    void aSuppressionHidesNoOtherObject() {
        assertThat(judge(Checks.health(), "DROP EXTENSION pg_stat_statements", pgcrypto(TODAY))
                        .findings())
                .hasSize(1);
    }

    @Test
    void aSuppressionThatMatchesNothingIsNoted() {
        Judgement judgement = judge(Checks.health(), "SELECT 1", pgcrypto(TODAY));

        assertThat(judgement.notes()).singleElement().asString().contains("extension pgcrypto", "matches no finding");
    }

    @Test
    void theNoteNamesTheObjectThatMayBeMeant() {
        Suppression slip = new Suppression("missing-extension", "pgcrypto", "core has it", Optional.empty());

        assertThat(judge(Checks.health(), FAULT, slip).notes())
                .singleElement()
                .asString()
                .contains("did you mean \"extension pgcrypto\"?");
    }

    @Test
    void suppressionsOfChecksThatWereNotAskedAreLeftAlone() {
        assertThat(judge(List.of(new MissingTable()), "SELECT 1", pgcrypto(TODAY))
                        .notes())
                .isEmpty();
    }

    private static Judgement judged(Finding finding, String object, Optional<LocalDate> until) {
        Suppression suppression = new Suppression(finding.check(), object, "core has it", until);
        Plan plan = Plans.withSuppressions(DATABASE.plan(), List.of(suppression));
        return Judge.judge(plan, List.of(finding), Set.of(finding.check()), TODAY);
    }

    @Test
    void thatItEndedStandsBeforeTheValues() {
        Finding drift = new Finding(
                "drift-changed", Severity.ERROR, "policy p", "it differs:\n  - using: a\n  + using: true", "fix");

        assertThat(judged(drift, "policy p", Optional.of(TODAY.minusDays(1))).findings())
                .extracting(Finding::message)
                .containsExactly(
                        "it differs: (its suppression ended on 2026-11-30: core has it)\n  - using: a\n  + using: true");
    }

    @Test
    void theNoteNamesTheObjectWithAndWithoutQuotes() {
        Finding bare = new Finding("wrong-identity", Severity.ERROR, "policy public.Mixed Case.own", "message", "fix");
        Finding quoted =
                new Finding("drift-changed", Severity.ERROR, "policy public.\"Mixed Case\".own", "message", "fix");

        assertThat(judged(bare, quoted.object(), Optional.empty()).notes())
                .singleElement()
                .asString()
                .contains("did you mean \"policy public.Mixed Case.own\"?");
        assertThat(judged(quoted, bare.object(), Optional.empty()).notes())
                .singleElement()
                .asString()
                .contains("did you mean \"policy public.\"Mixed Case\".own\"?");
        assertThat(judged(bare, "policy public.other.own", Optional.empty()).notes())
                .singleElement()
                .asString()
                .doesNotContain("did you mean");
    }
}
