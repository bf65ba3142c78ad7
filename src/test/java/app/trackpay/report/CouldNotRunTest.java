package app.trackpay.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expressions;
import app.trackpay.catalog.expression.Expressions.PolicyExpression;
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
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be read is nobody's pass: it reaches the verdict, the terminal and the report as what it is. */
final class CouldNotRunTest {

    private static final ReferenceDatabase DATABASE = ReferenceDatabase.on(17, GrantEra.NEW);
    private static final QualifiedName SESSIONS = new QualifiedName("public", "trackpay_sessions");
    private static final String POLICY = "policy public.trackpay_sessions.tp_sessions_update_provider";

    /** A reader that is older than the server: of one policy's conditions it does not understand the second. */
    private static Catalog unread(Catalog catalog) {
        Expressions all = catalog.expressions();
        List<PolicyExpression> policies = all.policies().stream()
                .map(p -> p.table().equals(SESSIONS) && p.policy().equals("tp_sessions_update_provider")
                        ? new PolicyExpression(
                                p.table(), p.policy(), p.using(), Optional.of(new Expression.Unknown("NEWNODE")))
                        : p)
                .toList();
        return new Catalog(
                catalog.server(),
                catalog.extensions(),
                catalog.schemas(),
                catalog.relations(),
                catalog.constraints(),
                catalog.indexes(),
                catalog.policies(),
                catalog.routines(),
                catalog.triggers(),
                catalog.rules(),
                catalog.sequences(),
                catalog.types(),
                catalog.publications(),
                catalog.defaultPrivileges(),
                catalog.roles(),
                Optional.of(new Expressions(policies, all.views(), all.bodies(), all.functions())));
    }

    private static List<Finding> findings(Plan plan, Catalog catalog) {
        return Checks.rls().stream()
                .flatMap(check -> check.findings(plan, catalog))
                .toList();
    }

    private static Verdict verdict(Plan plan, Catalog catalog) {
        Judgement judgement = Judge.judge(
                plan,
                findings(plan, catalog),
                Checks.rls().stream().map(Check::id).collect(java.util.stream.Collectors.toSet()),
                LocalDate.now());
        return Verdict.judged("verify-rls", Optional.empty(), judgement, List.of(), Severity.ERROR);
    }

    @Test
    void aPolicyThatIsNotUnderstoodIsNoPass(@TempDir Path folder) throws Exception {
        try (Trial trial = DATABASE.trial()) {
            assertThat(verdict(DATABASE.plan(), trial.catalog()).outcome()).isEqualTo(Verdict.Outcome.PASS);

            Verdict verdict = verdict(DATABASE.plan(), unread(trial.catalog()));

            assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.COULD_NOT_RUN);
            assertThat(verdict.reason()).contains("1 question could not be asked; they are listed above");
            assertThat(verdict.counts()).startsWith("0 errors, 0 warnings, ").contains(", 1 could not run");
            Finding first = verdict.judgement().findings().get(0);
            assertThat(first.severity()).isEqualTo(Severity.COULD_NOT_RUN);
            assertThat(first.key()).isEqualTo("wrong-identity|" + POLICY);
            assertThat(first.message()).contains("NEWNODE", "neither this check nor the others");
            assertThat(first.step().orElseThrow().id()).isEqualTo("3.7");

            List<String> lines = new ArrayList<>();
            new ConsoleReport(new Lines(lines)).closes(verdict, folder);
            assertThat(lines)
                    .contains("E could-not-run[wrong-identity] " + POLICY)
                    .anyMatch(line -> line.startsWith("I verify-rls: could-not-run (0 errors, 0 warnings, "));
            JsonNode json = new ObjectMapper()
                    .readTree(JsonReport.write(verdict, folder, new Redactor()).toFile());
            assertThat(json.path("verdict").asText()).isEqualTo("could-not-run");
            assertThat(json.at("/counts/could-not-run").asInt()).isEqualTo(1);
            assertThat(json.at("/counts/error").asInt()).isZero();
            assertThat(json.at("/findings/0/severity").asText()).isEqualTo("could-not-run");
        }
    }

    /** The server's own tree: a field of a composite column is set, for which there is no reading. */
    @Test
    void aFunctionThatIsNotUnderstoodIsNoPass() {
        try (Trial trial = DATABASE.trial()
                .run(
                        "CREATE TYPE public.trackpay_place AS (street text, town text)",
                        "CREATE TABLE public.trackpay_sites (id int, place public.trackpay_place)",
                        "ALTER TABLE public.trackpay_sites ENABLE ROW LEVEL SECURITY",
                        "CREATE FUNCTION public.move() RETURNS void LANGUAGE sql SET search_path = '' BEGIN ATOMIC"
                                + " UPDATE public.trackpay_sites SET place.town = 'Bern'; END")) {
            assertThat(findings(DATABASE.plan(), trial.catalog()))
                    .filteredOn(f -> f.severity() == Severity.COULD_NOT_RUN)
                    .extracting(Finding::object)
                    .containsExactly("function public.move()");

            trial.run(
                    "CREATE OR REPLACE FUNCTION public.move() RETURNS void LANGUAGE sql SET search_path = '' BEGIN ATOMIC"
                            + " UPDATE public.trackpay_sites SET place = ROW(NULL, 'Bern')::public.trackpay_place; END");
            assertThat(findings(DATABASE.plan(), trial.catalog()))
                    .noneMatch(f -> f.severity() == Severity.COULD_NOT_RUN);
        }
    }

    @Test
    void aFaultThatIsKnownGoesFirst() {
        try (Trial trial = DATABASE.trial().run("ALTER TABLE trackpay_requests DISABLE ROW LEVEL SECURITY")) {
            Verdict verdict = verdict(DATABASE.plan(), unread(trial.catalog()));

            assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FINDINGS);
            assertThat(verdict.counts()).startsWith("2 errors, ").contains(", 1 could not run");
        }
    }

    @Test
    void whoReadItHimselfSaysSo() {
        try (Trial trial = DATABASE.trial()) {
            Plan plan = DATABASE.plan();
            List<Suppression> read = new ArrayList<>(plan.suppressions());
            read.add(new Suppression("wrong-identity", POLICY, "read by two of us", Optional.empty()));
            Plan suppressing = new Plan(
                    plan.directory(),
                    plan.file(),
                    plan.scope(),
                    plan.steps(),
                    plan.financial(),
                    plan.identity(),
                    plan.personas(),
                    plan.access(),
                    plan.assumed(),
                    plan.protectedColumns(),
                    plan.calls(),
                    read,
                    plan.fixtures());

            Verdict verdict = verdict(suppressing, unread(trial.catalog()));

            assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.PASS);
            assertThat(verdict.judgement().suppressed()).hasSize(1);
        }
    }
}
