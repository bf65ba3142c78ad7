package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.Meanwhile;
import app.trackpay.apply.AppliedPlan;
import app.trackpay.apply.RehearsalFailedException;
import app.trackpay.apply.Standing;
import app.trackpay.check.Judge;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.Database;
import app.trackpay.manifest.Comparison;
import app.trackpay.manifest.Difference;
import app.trackpay.manifest.Drift;
import app.trackpay.manifest.Manifest;
import app.trackpay.manifest.ManifestFile;
import app.trackpay.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Holds the database against the committed manifest, both ways: what is missing, what is unexpected, what is different. It only reads.
 *
 * @since 0.1.0
 */
@Mojo(name = "check-manifest", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class CheckManifestMojo extends DatabaseMojo {

    /**
     * The file; or {@code plan}, to hold a live database against a rehearsal of the plan up to the last step applied there. Default:
     * {@code manifest.json} in the folder of the plan.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.manifest")
    private @Nullable String manifest;

    @Inject
    public CheckManifestMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    Answer look(Plan plan, Source source) throws CouldNotRunException, RehearsalFailedException {
        ManifestSetting setting = new ManifestSetting(Optional.ofNullable(manifest));
        if (setting.isPlan()) {
            Source rehearsal = rehearsalFor(source.target());
            Standing standing = source.status(plan);
            Manifest rehearsed = rehearsed(plan, standing, rehearsal);
            return judge(plan, () -> rehearsed, source).and(standing.findings());
        }
        Path file = setting.file(invocation().base(), directory());
        if (!Files.exists(file)) {
            throw missing(file);
        }
        Meanwhile<Manifest> read = Meanwhile.begin(() -> ManifestFile.read(file).orElseThrow(() -> missing(file)));
        return judge(plan, read::result, source);
    }

    private static CouldNotRunException missing(Path file) {
        return new CouldNotRunException(file
                + ": there is no such file, so there is nothing to compare with. Write it with the goal save-manifest, review it"
                + " and commit it.");
    }

    private Answer judge(Plan plan, Meanwhile.Work<Manifest> manifest, Source source)
            throws CouldNotRunException, RehearsalFailedException {
        try (Database database = source.migrated(plan, options(), listener())) {
            Manifest actual = Manifest.of(CatalogReader.read(database, Manifest.scope(plan)), plan);
            Manifest expected = manifest.result();
            List<Difference> differences = Comparison.of(expected, actual);
            output().info("compared " + expected.entries().size() + " objects of the manifest with "
                    + actual.entries().size() + " of the server: " + differences.size() + " differ");
            return new Answer(
                    Judge.judge(plan, Drift.findings(plan, differences, actual), Drift.CHECKS, LocalDate.now()),
                    List.of(SaveManifestMojo.differences(differences)));
        }
    }

    /** What the plan makes of a platform, as far as it was applied: what is pending there is no drift. */
    private Manifest rehearsed(Plan plan, Standing standing, Source rehearsal)
            throws CouldNotRunException, RehearsalFailedException {
        Plan applied = AppliedPlan.of(plan, standing, reports().resolve("applied"));
        output().info("the manifest is a rehearsal of the plan up to step "
                + applied.steps().get(applied.steps().size() - 1).id() + ", the last one applied");
        try (Database database = rehearsal.migrated(applied, options(), listener())) {
            return Manifest.of(CatalogReader.read(database, Manifest.scope(plan)), plan);
        }
    }
}
