package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.RehearsalFailedException;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.Database;
import app.trackpay.manifest.Comparison;
import app.trackpay.manifest.Difference;
import app.trackpay.manifest.Drift;
import app.trackpay.manifest.Manifest;
import app.trackpay.manifest.ManifestFile;
import app.trackpay.plan.Plan;
import app.trackpay.report.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the database holds, to be reviewed and committed: {@code manifest.json}, from a rehearsal of the plan or from a live
 * database. It shows what changes against the file that is there, and no other goal writes it.
 *
 * @since 0.1.0
 */
@Mojo(name = "save-manifest", requiresProject = false, threadSafe = true)
public final class SaveManifestMojo extends DatabaseMojo {

    /**
     * The file. Default: {@code manifest.json} in the folder of the plan.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.manifest")
    private @Nullable String manifest;

    @Inject
    public SaveManifestMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    Answer look(Plan plan, Source source) throws CouldNotRunException, RehearsalFailedException {
        ManifestSetting setting = new ManifestSetting(Optional.ofNullable(manifest));
        if (setting.isPlan()) {
            throw new CouldNotRunException(
                    "trackpay.manifest is \"plan\", which only check-manifest knows: name the file to write, or leave it out.");
        }
        Path file = setting.file(invocation().base(), directory());
        Optional<Manifest> before = ManifestFile.read(file);
        try (Database database = source.migrated(plan, options(), listener())) {
            Manifest now = Manifest.of(CatalogReader.read(database, Manifest.scope(plan)), plan);
            if (before.filter(now::equals).isPresent()) {
                output().info(file + " is up to date: nothing was written");
                return Answer.of(List.of());
            }
            List<Difference> differences =
                    before.map(old -> Comparison.of(old, now)).orElse(List.of());
            differences.stream().map(Drift::line).forEach(output()::info);
            ManifestFile.write(now, file);
            output().info("wrote " + file + ": " + now.entries().size() + " objects"
                    + before.map(any -> ", " + differences.size() + " of them changed")
                            .orElse(""));
            return Answer.of(List.of(), differences(differences));
        }
    }

    /** The differences as a report shows them. */
    static Table differences(List<Difference> differences) {
        return new Table(
                "differences",
                List.of("check", "object", "attribute", "access", "manifest", "server"),
                Drift.rows(differences));
    }
}
