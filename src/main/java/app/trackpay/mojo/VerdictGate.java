package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Gate;
import app.trackpay.apply.LeftOut;
import app.trackpay.apply.LockFindings;
import app.trackpay.apply.TableLock;
import app.trackpay.apply.Trial;
import app.trackpay.check.Check;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.Judgement;
import app.trackpay.check.Severity;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.Database;
import app.trackpay.database.Target;
import app.trackpay.manifest.Comparison;
import app.trackpay.manifest.Difference;
import app.trackpay.manifest.Drift;
import app.trackpay.manifest.Manifest;
import app.trackpay.plan.Plan;
import app.trackpay.probe.EarlierRows;
import app.trackpay.report.Output;
import app.trackpay.report.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Has health and verify-rls look at a plan that ran in one transaction, and lets it be committed when they find nothing. */
final class VerdictGate implements Gate {

    private final Plan plan;
    private final boolean dryRun;
    private final boolean probeWrites;
    private final Severity threshold;
    private final Output output;
    private Optional<Manifest> before = Optional.empty();
    private EarlierRows earlier = EarlierRows.NONE;
    private Answer answer = Answer.of(List.of());

    /**
     * @param dryRun never commits, and tells what the plan would change and lock
     * @param threshold the mildest severity that keeps the plan from being committed
     */
    VerdictGate(Plan plan, boolean dryRun, boolean probeWrites, Severity threshold, Output output) {
        this.plan = plan;
        this.dryRun = dryRun;
        this.probeWrites = probeWrites;
        this.threshold = threshold;
        this.output = output;
    }

    /** What was found; empty when there was nothing to run. */
    Answer answer() {
        return answer;
    }

    @Override
    public boolean isDryRun() {
        return dryRun;
    }

    @Override
    public void before(Database inside) throws CouldNotRunException {
        output.info((dryRun ? "DRY RUN" : "ATOMIC")
                + ": the pending steps run in one transaction, health and verify-rls look at it, and "
                + (dryRun ? "it is rolled back" : "only what they find clean is committed"));
        earlier = EarlierRows.of(inside, plan);
        before = dryRun ? Optional.of(manifest(inside)) : Optional.empty();
    }

    @Override
    public boolean opens(Database inside, Trial trial) throws CouldNotRunException {
        answer = without(trial, HealthMojo.look(plan, inside, output));
        if (inside.target().kind() == Target.Kind.LIVE) {
            earlier.line(plan).ifPresent(output::info);
        }
        answer =
                answer.and(without(trial, VerifyRlsMojo.look(plan, inside, probeWrites, Optional.of(earlier), output)));
        if (before.isPresent()) {
            answer = answer.and(measured(trial)).and(changed(before.get(), manifest(inside)));
        }
        return !dryRun
                && answer.judgement().findings().stream()
                        .noneMatch(f -> f.severity().compareTo(threshold) <= 0);
    }

    private Manifest manifest(Database inside) throws CouldNotRunException {
        return Manifest.of(CatalogReader.read(inside, Manifest.scope(plan)), plan);
    }

    /** What a step lacks of which a statement was left out is no finding: that statement is. */
    private static Answer without(Trial trial, Answer answer) {
        Set<String> steps =
                trial.leftOut().stream().map(left -> left.unit().step().id()).collect(Collectors.toSet());
        Set<String> provided = Checks.provided().stream().map(Check::id).collect(Collectors.toSet());
        Judgement judgement = answer.judgement();
        List<Finding> findings = judgement.findings().stream()
                .filter(finding -> !lacksIndex(trial, finding))
                .filter(finding -> !provided.contains(finding.check())
                        || finding.step()
                                .filter(step -> steps.contains(step.id()))
                                .isEmpty())
                .toList();
        return new Answer(new Judgement(findings, judgement.suppressed(), judgement.notes()), answer.tables());
    }

    private static boolean lacksIndex(Trial trial, Finding finding) {
        String table = finding.object().replaceFirst(".*\\.", "");
        return finding.check().equals("policy-unindexed")
                && trial.leftOut().stream().anyMatch(left -> left.makesIndexOn(table));
    }

    private Answer measured(Trial trial) {
        Table locks = new Table(
                "locks",
                List.of("step", "table", "lock", "held (ms)", "rewritten"),
                trial.locks().stream().map(VerdictGate::row).toList());
        output.info("");
        if (locks.rows().isEmpty()) {
            output.info("no step locks a table that was there before");
        } else {
            output.info(
                    "locks on tables that were there before; each is held to the end of its step, and shown where it is first taken:");
            locks.lines().forEach(output::info);
        }
        List<Finding> findings = Stream.concat(
                        LockFindings.of(plan, trial.locks()).stream(),
                        trial.leftOut().stream().map(LeftOut::finding))
                .toList();
        Set<String> asked = Stream.concat(LockFindings.CHECKS.stream(), Stream.of(LeftOut.CHECK))
                .collect(Collectors.toSet());
        return new Answer(Judge.judge(plan, findings, asked, LocalDate.now()), List.of(locks));
    }

    private static List<String> row(TableLock lock) {
        return List.of(
                lock.unit().name(),
                lock.table().toString(),
                lock.mode().toString(),
                Long.toString(lock.held().toMillis()),
                lock.rewritten() ? "yes" : "");
    }

    private Answer changed(Manifest then, Manifest now) {
        List<Difference> differences = Comparison.of(then, now);
        output.info("");
        output.info(
                differences.isEmpty()
                        ? "the plan would change nothing in the catalog"
                        : "what the plan would change in the catalog (+ new, - gone, ~ changed):");
        differences.stream().map(difference -> "  " + Drift.line(difference)).forEach(output::info);
        return Answer.of(List.of(), SaveManifestMojo.differences(differences));
    }
}
