package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.HistoryRow;
import app.trackpay.apply.Standing;
import app.trackpay.database.Target;
import app.trackpay.plan.Plan;
import app.trackpay.report.Table;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;

/**
 * Shows how far the database has come with the plan: which steps are applied, pending or changed since. It only reads. Without a URL all steps
 * are pending: a rehearsal knows of none.
 *
 * @since 0.1.0
 */
@Mojo(name = "status", requiresProject = false, threadSafe = true)
public final class StatusMojo extends DatabaseMojo {

    @Inject
    public StatusMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    Answer look(Plan plan, Source source) throws CouldNotRunException {
        Standing standing = source.status(plan);
        Table table = new Table(
                "steps",
                List.of("step", "file", "section", "state", "applied", "by"),
                standing.units().stream().map(StatusMojo::row).toList());
        output().info("");
        table.lines().forEach(output()::info);
        return Answer.of(standing.findings(), table).noting(standing.interruptions());
    }

    /** A throw-away server knows nothing of the plan, so none is started. */
    @Override
    Target target(Source source) {
        return source instanceof Source.Throwaway ? Target.NOTHING : super.target(source);
    }

    private static List<String> row(Standing.Entry entry) {
        return List.of(
                entry.unit().step().id(),
                entry.unit().step().name(),
                entry.unit().section() == 0 ? "" : Integer.toString(entry.unit().section()),
                entry.state().word(),
                entry.state().history().map(HistoryRow::day).orElse(""),
                entry.state().history().map(HistoryRow::appliedBy).orElse(""));
    }
}
