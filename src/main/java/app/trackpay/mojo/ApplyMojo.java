package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Decision;
import app.trackpay.apply.Outcome;
import app.trackpay.apply.Unit;
import app.trackpay.plan.Plan;
import app.trackpay.report.Table;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Runs what the database lacks of the plan, in the plan's order, each step or section in a transaction with its line in the history. On a
 * rehearsal it runs every step.
 *
 * @since 0.1.0
 */
@Mojo(name = "apply", defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public final class ApplyMojo extends DatabaseMojo {

    /**
     * What became of a statement outside a transaction that an earlier run was cut off at: {@code finished} or {@code again}. Only for when
     * apply asks, because the database cannot tell.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.interrupted", defaultValue = "ask")
    private @Nullable String interrupted;

    @Inject
    public ApplyMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    Answer look(Plan plan, Source source) throws CouldNotRunException {
        Outcome outcome = source.apply(
                plan, options().deciding(Choice.of("interrupted", interrupted, Decision.class)), listener());
        if (outcome instanceof Outcome.Refused refused) {
            return Answer.of(refused.findings());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed(failed.failure());
        }
        Outcome.Applied applied = (Outcome.Applied) outcome;
        output().info(applied.line());
        return Answer.of(List.of(), steps(applied.ran()));
    }

    private static Table steps(List<Unit> units) {
        return new Table(
                "steps",
                List.of("step", "section", "file", "title"),
                units.stream()
                        .map(unit -> List.of(
                                unit.step().id(),
                                Integer.toString(unit.section()),
                                unit.step().name(),
                                unit.title()))
                        .toList());
    }
}
