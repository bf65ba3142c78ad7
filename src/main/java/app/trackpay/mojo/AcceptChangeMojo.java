package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Acceptance;
import app.trackpay.database.Target;
import app.trackpay.plan.Plan;
import app.trackpay.report.Table;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Takes a file that changed after it was applied as applied: only for one step by name, and with a reason. Both stay in the history of the live
 * database, with who and when. It runs nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "accept-change", requiresProject = false, threadSafe = true)
public final class AcceptChangeMojo extends DatabaseMojo {

    /**
     * The step's id, such as {@code 3.7}, or {@code 3.2#4} for a section.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.step")
    private @Nullable String step;

    /**
     * Why the change changes nothing that matters in the database.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.reason")
    private @Nullable String reason;

    /**
     * Shows what would be accepted, and records nothing.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.dryRun", defaultValue = "false")
    private boolean dryRun;

    @Inject
    public AcceptChangeMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    Answer look(Plan plan, Source source) throws CouldNotRunException {
        Acceptance.Accepted accepted =
                new Acceptance(source.live(), options(), listener()).accept(plan, text(step), text(reason), dryRun);
        Table table = new Table(
                "accepted",
                List.of("file", "applied text", "accepted text", "reason"),
                List.of(List.of(
                        accepted.unit().step().name(),
                        accepted.was().substring(0, 12),
                        accepted.is().substring(0, 12),
                        accepted.reason())));
        output().info("");
        table.lines().forEach(output()::info);
        output().info("");
        output().info(
                        dryRun
                                ? "Nothing was recorded (trackpay.dryRun)"
                                : "Recorded: " + accepted.unit().step().name()
                                        + " counts as applied as it is now. None of it was run.");
        return Answer.of(List.of(), table);
    }

    /** A throw-away server has no history, so none is started. */
    @Override
    Target target(Source source) {
        return source instanceof Source.Throwaway ? Target.NOTHING : super.target(source);
    }

    private static String text(@Nullable String given) {
        return Optional.ofNullable(given).orElse("");
    }
}
