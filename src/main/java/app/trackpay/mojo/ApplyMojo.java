package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.Decision;
import app.trackpay.apply.Outcome;
import app.trackpay.plan.Plan;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Runs what the database lacks of the plan, in the plan's order, each step or section in a transaction with its line in the history. On a
 * rehearsal it runs every step, and then each a second time, rolled back: a file that people may run again should change nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "apply", defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public final class ApplyMojo extends DatabaseMojo {

    /**
     * Runs all that is pending in one transaction, has health and verify-rls look at it in there, and commits only when they find nothing as
     * bad as {@code failOn}. Statements that cannot be in a transaction make it refuse.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.atomic", defaultValue = "false")
    private boolean atomic;

    /**
     * The same on a live database, always rolled back: tells what the plan would change, which locks its steps take on tables that are there,
     * and what health and verify-rls would find. Without a URL it is a rehearsal.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * With {@code atomic} or {@code dryRun} on a live database that has rows in the plan's tables: what it is for verify-rls. Where it has none,
     * everything is tried on the fixtures.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.probeWrites", defaultValue = "false")
    private boolean probeWrites;

    /**
     * How long a statement may wait for a lock, such as {@code 5s}, {@code 500ms} or {@code 2min}; {@code 0s} for as long as it takes. Then its
     * transaction is rolled back and tried again three times.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.lockTimeout", defaultValue = "5s")
    private @Nullable String lockTimeout;

    /**
     * How long a statement may run. Default: what the server gives the login.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.statementTimeout")
    private @Nullable String statementTimeout;

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
        boolean rehearsal = source instanceof Source.Throwaway;
        if (dryRun && rehearsal) {
            output().info(
                            "trackpay.dryRun needs a database URL; without one this is a rehearsal, which changes no database either");
        }
        boolean dry = dryRun && !rehearsal;
        Optional<VerdictGate> gate = atomic || dry
                ? Optional.of(new VerdictGate(plan, dry, probeWrites, threshold(), output()))
                : Optional.empty();
        Outcome outcome = source.apply(plan, options(), listener(), gate);
        return outcome instanceof Outcome.Failed failed
                ? new Failed(plan, failed).answer(finding(failed.failure()))
                : new Applied(gate, output()).answer(outcome);
    }

    @Override
    ApplyOptions options() throws CouldNotRunException {
        Optional<Duration> limit = statementTimeout == null
                ? Optional.empty()
                : Optional.of(Choice.duration("statementTimeout", statementTimeout));
        return super.options()
                .within(Choice.duration("lockTimeout", String.valueOf(lockTimeout)), limit)
                .deciding(Choice.of("interrupted", interrupted, Decision.class));
    }
}
