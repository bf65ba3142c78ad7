package app.trackpay.check;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;

/** A check against the reference set on a real server: clean, broken, repaired by the finding's own SQL. */
public abstract class CheckTest {

    private static final int MAJOR = 17;

    private final Check check;
    private final UnaryOperator<Plan> plan;

    protected CheckTest(Check check) {
        this(check, plan -> plan);
    }

    /**
     * @param plan what this test changes in the reference plan
     */
    protected CheckTest(Check check, UnaryOperator<Plan> plan) {
        this.check = check;
        this.plan = plan;
    }

    @Test
    final void findsNothingInTheReferenceSet() {
        innocent("SELECT 1");
    }

    protected static ReferenceDatabase database() {
        return ReferenceDatabase.on(MAJOR, GrantEra.NEW);
    }

    protected final Plan plan() {
        return plan.apply(database().plan());
    }

    /** What the check finds once these statements ran. Every query that shows a finding must run. */
    protected final List<Finding> findings(String... statements) {
        return findings(plan(), statements);
    }

    protected final List<Finding> findings(Plan judged, String... statements) {
        try (Trial trial = database().trial()) {
            trial.run(statements);
            return look(trial, judged);
        }
    }

    /** One finding, with the repair it proposes left aside. */
    protected final Finding guilty(String... statements) {
        List<Finding> findings = findings(statements);
        assertThat(findings).as("findings of %s", check.id()).hasSize(1);
        return findings.get(0);
    }

    protected final void innocent(String... statements) {
        assertThat(findings(statements)).as("findings of %s", check.id()).isEmpty();
    }

    /** Breaks, runs what each finding proposes, and looks again. */
    protected final void repairs(String... statements) {
        try (Trial trial = database().trial()) {
            trial.run(statements);
            List<Finding> broken = look(trial, plan());
            assertThat(broken)
                    .as("findings of %s before the repair", check.id())
                    .isNotEmpty();
            assertThat(broken)
                    .allSatisfy(finding -> assertThat(finding.repair()).isPresent());
            broken.forEach(finding -> trial.run(finding.repair().orElseThrow()));
            assertThat(look(trial, plan()))
                    .as("findings of %s after the repair", check.id())
                    .isEmpty();
        }
    }

    /** The same for findings whose repair is the step: its file is run again. */
    protected final void repairedByItsStep(String... statements) {
        try (Trial trial = database().trial()) {
            trial.run(statements);
            List<Finding> broken = look(trial, plan());
            assertThat(broken).isNotEmpty();
            broken.stream()
                    .map(finding -> finding.step().orElseThrow())
                    .distinct()
                    .forEach(step -> trial.run("SET LOCAL ROLE postgres", Steps.sql(step), "RESET ROLE"));
            assertThat(look(trial, plan()))
                    .as("findings of %s after its step", check.id())
                    .isEmpty();
        }
    }

    /** The SQLSTATE in which a statement ends after others ran. */
    protected final AbstractStringAssert<?> state(String statement, String... before) {
        try (Trial trial = database().trial()) {
            return assertThat(trial.run(before).stateOf(statement)).as(statement);
        }
    }

    /** The first value a query answers after others ran. */
    protected final AbstractStringAssert<?> answer(String query, String[]... before) {
        try (Trial trial = database().trial()) {
            for (String[] statements : before) {
                trial.run(statements);
            }
            return assertThat(trial.answer(query)).as(query);
        }
    }

    private List<Finding> look(Trial trial, Plan judged) {
        Catalog catalog = trial.catalog();
        List<Finding> findings = check.findings(judged, catalog).toList();
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(check.id());
            assertThat(finding.shows()).isPresent();
            trial.rows(finding.shows().orElseThrow());
        });
        return findings;
    }
}
