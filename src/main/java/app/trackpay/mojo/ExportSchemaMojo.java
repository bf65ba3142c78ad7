package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.RehearsalFailedException;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.Severity;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.Database;
import app.trackpay.database.Target;
import app.trackpay.export.ExportFile;
import app.trackpay.export.Proof;
import app.trackpay.export.SchemaExport;
import app.trackpay.manifest.Manifest;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Takes the tables of a step out of a live database, staging for instance, and writes the step's file: with your own pg_dump, with the functions
 * and types that the tables need, and only after a rehearsal has shown that the file makes what the step provides, as the database has it.
 *
 * @since 0.1.0
 */
@Mojo(name = "export-schema", requiresProject = false, threadSafe = true)
public final class ExportSchemaMojo extends DatabaseMojo {

    /**
     * The step whose file is written. Default: the first of the plan that provides tables.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.step", defaultValue = "")
    private @Nullable String step;

    /**
     * PostgreSQL's pg_dump, no older than the server; pg_restore is expected beside it.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.pgDump", defaultValue = "pg_dump")
    private @Nullable String pgDump;

    /**
     * Whether a file that is there may be replaced.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.overwrite", defaultValue = "false")
    private boolean overwrite;

    @Inject
    public ExportSchemaMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    /** The file that is to be written may be missing. */
    @Override
    List<Finding> files(Plan plan) {
        return List.of();
    }

    /** There is nothing to take out of a throw-away server, so none is started for that. */
    @Override
    Target target(Source source) {
        return source instanceof Source.Throwaway ? Target.NOTHING : super.target(source);
    }

    @Override
    Answer look(Plan plan, Source source) throws CouldNotRunException, RehearsalFailedException {
        Step asked = SchemaExport.step(plan, Optional.ofNullable(step).orElse(""));
        Path folder = reports().resolve("export");
        SchemaExport export = SchemaExport.of(
                source.live(), plan, asked, Optional.ofNullable(pgDump).orElse("pg_dump"), folder);
        export.lines().forEach(output()::info);
        Path draft = ExportFile.write(export.sql(), folder.resolve(asked.name()));
        CatalogScope scope = CatalogScope.USER_SCHEMAS.and(plan.scope().schemas());
        Catalog there = CatalogReader.read(source.live(), scope);
        boolean written = false;
        try {
            Answer answer = proved(plan, asked.at(draft), scope, export, there, rehearsalFor(source.target()));
            if (answer.judgement().findings().stream().noneMatch(f -> f.severity() == Severity.ERROR)) {
                output().info(ExportFile.place(export.sql(), asked.file(), overwrite));
                written = true;
            }
            return answer;
        } finally {
            if (!written) {
                output().warn(asked.file() + " was not written; what was taken out of the database is " + draft);
            }
        }
    }

    /** Runs the plan up to the new file on a server that knows nothing of it, and holds the outcome against what the step provides. */
    private Answer proved(
            Plan plan, Step drafted, CatalogScope scope, SchemaExport export, Catalog there, Source rehearsal)
            throws CouldNotRunException, RehearsalFailedException {
        try (Database database = rehearsal.migrated(plan.until(drafted), options(), listener())) {
            Catalog made = CatalogReader.read(database, scope);
            new Proof(export).require(Manifest.of(there, plan), Manifest.of(made, plan), drafted.file());
            Plan one = plan.with(List.of(drafted));
            return new Answer(Judge.judge(one, made, Checks.provided(), LocalDate.now()), List.of());
        }
    }
}
