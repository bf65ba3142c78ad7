package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Adopted;
import app.trackpay.apply.Adoption;
import app.trackpay.database.Target;
import app.trackpay.plan.Plan;
import app.trackpay.report.Table;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;

/**
 * Records the steps that a live database has already, because it was set up by hand or by {@code supabase db push}, after looking for what each
 * step provides: in the plan's order, up to the first that is not there. It runs no step.
 *
 * @since 0.1.0
 */
@Mojo(name = "adopt", requiresProject = false, threadSafe = true)
public final class AdoptMojo extends DatabaseMojo {

    /**
     * Shows what would be recorded, and records nothing.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.dryRun", defaultValue = "false")
    private boolean dryRun;

    @Inject
    public AdoptMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    boolean writes() {
        return true;
    }

    @Override
    Answer look(Plan plan, Source source) throws CouldNotRunException {
        Adopted adopted = new Adoption(source.live(), options(), listener()).adopt(plan, dryRun);
        Table table = new Table(
                "steps",
                List.of("step", "section", "file", "evidence", "recorded"),
                adopted.rows().stream().map(AdoptMojo::row).toList());
        output().info("");
        table.lines().forEach(output()::info);
        output().info("");
        output().info(
                        dryRun
                                ? "Nothing was recorded (trackpay.dryRun)"
                                : count(adopted, Adopted.Fate.RECORDED) + " recorded, "
                                        + count(adopted, Adopted.Fate.BEFORE) + " were recorded before, "
                                        + count(adopted, Adopted.Fate.PENDING) + " left for apply");
        return Answer.of(adopted.findings(), table);
    }

    /** A throw-away server has nothing to adopt, so none is started. */
    @Override
    Target target(Source source) {
        return source instanceof Source.Throwaway ? Target.NOTHING : super.target(source);
    }

    private static long count(Adopted adopted, Adopted.Fate fate) {
        return adopted.rows().stream().filter(row -> row.fate() == fate).count();
    }

    private static List<String> row(Adopted.Row row) {
        return List.of(
                row.unit().step().id(),
                row.unit().section() == 0 ? "" : Integer.toString(row.unit().section()),
                row.unit().step().name(),
                row.evidence(),
                row.fate().word());
    }
}
