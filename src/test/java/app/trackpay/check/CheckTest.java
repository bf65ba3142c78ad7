package app.trackpay.check;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.ReferenceDatabase.Trial;
import app.trackpay.database.GrantEra;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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

    /** Statements that make the transaction a request of a visitor. */
    protected static final String VISITOR =
            "SET LOCAL ROLE anon; SELECT set_config('request.jwt.claims', '{\"role\": \"anon\"}', true)";

    /** Statements that make the transaction a request of the provider of {@link Keys#ROWS}. */
    protected static final String PROVIDER = user("a0000000-0000-4000-8000-000000000001");

    /** Statements that make the transaction a request of somebody who is logged in. */
    protected static String user(String login) {
        return "SET LOCAL ROLE authenticated; SELECT set_config('request.jwt.claims', '{\"role\": \"authenticated\","
                + " \"sub\": \"" + login + "\"}', true)";
    }

    /** Statements and what comes after them. */
    protected static String[] with(String[] statements, String... rest) {
        return Stream.concat(Stream.of(statements), Stream.of(rest)).toArray(String[]::new);
    }

    /** At least three databases in which the check must speak and three in which it must not, each as near to the others as can be. */
    protected List<Case> cases() {
        return List.of();
    }

    @Test
    final void hasThreeCasesOfEach() {
        assertThat(cases()).filteredOn(Case::guilty).hasSizeGreaterThanOrEqualTo(3);
        assertThat(cases()).filteredOn(c -> !c.guilty()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(cases()).extracting(Case::name).doesNotHaveDuplicates();
    }

    @TestFactory
    final Stream<DynamicTest> everyLabelIsProved() {
        return cases().stream()
                .map(c -> DynamicTest.dynamicTest((c.guilty() ? "guilty: " : "innocent: ") + c.name(), () -> prove(c)));
    }

    private void prove(Case c) {
        Plan judged = c.plan().apply(plan());
        String[] statements = c.statements().toArray(String[]::new);
        List<Finding> found;
        try (Trial trial = database().trial().run(statements)) {
            found = look(trial, judged);
            assertThat(found.isEmpty()).as("silence of %s", check.id()).isEqualTo(!c.guilty());
            assertThat(c.proof()).as("the statement that proves the label").isNotEmpty();
            assertThat(trial.run(c.who().toArray(String[]::new)).outcome(c.proof()))
                    .as(c.proof())
                    .isEqualTo(c.answer());
        }
        if (c.guilty()) {
            try (Trial trial = database().trial().run(statements)) {
                showsAndRepairs(trial, errors(found), judged);
            }
        }
    }

    /** What shows an error shows another row once the error's own SQL, or the step that it names, has run, and the check is silent then. */
    private void showsAndRepairs(Trial trial, List<Finding> errors, Plan judged) {
        if (errors.isEmpty()) {
            return;
        }
        List<String> before = shown(errors, trial);
        assertThat(before).as("what shows the errors").doesNotContain("");
        errors.stream()
                .map(finding -> finding.repair().or(() -> finding.step().map(Steps::asPostgres)))
                .map(repair -> repair.orElseThrow(() -> new AssertionError("an error without a repair or a step")))
                .distinct()
                .forEach(trial::run);
        List<Finding> left = errors(look(trial, judged));
        List<Step> steps = left.stream()
                .filter(finding -> finding.repair().isEmpty())
                .flatMap(finding -> finding.step().stream())
                .distinct()
                .toList();
        if (!steps.isEmpty()) {
            // what stood in its way is gone now, and the step makes the object
            steps.forEach(step -> trial.run(Steps.asPostgres(step)));
            left = errors(look(trial, judged));
        }
        assertThat(left).as("errors of %s after the repair", check.id()).isEmpty();
        List<String> after = shown(errors, trial);
        for (int i = 0; i < errors.size(); i++) {
            assertThat(after.get(i))
                    .as("after the repair: " + errors.get(i).shows().orElseThrow())
                    .isNotEqualTo(before.get(i));
        }
    }

    /** What the one who runs migrations sees, who is no superuser. */
    private static List<String> shown(List<Finding> findings, Trial trial) {
        trial.run("SET LOCAL ROLE postgres");
        List<String> shown = findings.stream()
                .map(finding -> trial.outcome(finding.shows().orElseThrow()))
                .toList();
        trial.run("RESET ROLE");
        assertThat(shown).as("SQLSTATEs").doesNotContain("42501");
        return shown;
    }

    private static List<Finding> errors(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    /** The objects that the check has something to say about even in the reference set; they are left out of every answer here. */
    protected List<String> inTheReferenceSet() {
        return List.of();
    }

    @Test
    final void findsNothingElseInTheReferenceSet() {
        innocent("SELECT 1");
        try (Trial trial = database().trial()) {
            assertThat(check.findings(plan(), trial.catalog()))
                    .extracting(Finding::object)
                    .containsExactlyElementsOf(inTheReferenceSet());
        }
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

    /** The same; and what shows a finding shows rows before the repair and none after it. */
    protected final void showsAndRepairs(String... statements) {
        try (Trial trial = database().trial()) {
            trial.run(statements);
            List<Finding> broken = look(trial, plan());
            assertThat(broken).isNotEmpty();
            assertThat(broken)
                    .allSatisfy(finding -> assertThat(trial.rows(finding.shows().orElseThrow()))
                            .as(finding.shows().orElseThrow())
                            .isNotEmpty());
            broken.forEach(finding -> trial.run(finding.repair().orElseThrow()));
            assertThat(look(trial, plan()))
                    .as("findings of %s after the repair", check.id())
                    .isEmpty();
            assertThat(broken)
                    .allSatisfy(finding -> assertThat(trial.rows(finding.shows().orElseThrow()))
                            .as(finding.shows().orElseThrow())
                            .isEmpty());
        }
    }

    /** What a query answers first after others ran, or the SQLSTATE it ends in. */
    protected final AbstractStringAssert<?> seen(String query, String... before) {
        try (Trial trial = database().trial()) {
            trial.run(before);
            String state = trial.stateOf(query);
            return assertThat(state.equals("00000") ? trial.answer(query) : state)
                    .as(query);
        }
    }

    /** The same after the repairs of what was found. */
    protected final AbstractStringAssert<?> seenAfterRepair(String query, String who, String... statements) {
        try (Trial trial = database().trial()) {
            trial.run(statements);
            look(trial, plan()).forEach(finding -> trial.run(finding.repair().orElseThrow()));
            trial.run(who);
            String state = trial.stateOf(query);
            return assertThat(state.equals("00000") ? trial.answer(query) : state)
                    .as(query);
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
        List<Finding> findings = check.findings(judged, catalog)
                .filter(finding -> !inTheReferenceSet().contains(finding.object()))
                .toList();
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(check.id());
            assertThat(finding.shows()).isPresent();
            trial.rows(finding.shows().orElseThrow());
        });
        return findings;
    }
}
