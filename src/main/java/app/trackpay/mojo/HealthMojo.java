package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.RehearsalFailedException;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Checks;
import app.trackpay.check.Judge;
import app.trackpay.check.health.Summary;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.Database;
import app.trackpay.plan.Plan;
import app.trackpay.report.Output;
import app.trackpay.report.Table;
import java.time.LocalDate;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;

/**
 * Holds the database against what the plan's steps provide: tables, columns, keys, functions, policies, realtime. It only reads.
 *
 * @since 0.1.0
 */
@Mojo(name = "health", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class HealthMojo extends DatabaseMojo {

    @Inject
    public HealthMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    Answer look(Plan plan, Source source) throws CouldNotRunException, RehearsalFailedException {
        try (Database database = source.migrated(plan, options(), listener())) {
            return look(plan, database, output());
        }
    }

    /** Looks at a database that is open already. */
    static Answer look(Plan plan, Database database, Output output) throws CouldNotRunException {
        Catalog catalog = CatalogReader.read(
                database, CatalogScope.USER_SCHEMAS.and(plan.scope().schemas()));
        Table summary = summary(Summary.of(plan, catalog));
        output.info("");
        summary.lines().forEach(output::info);
        return new Answer(Judge.judge(plan, catalog, Checks.health(), LocalDate.now()), List.of(summary));
    }

    /** The table of the plan's Step 4. */
    private static Table summary(List<Summary.Row> rows) {
        return new Table(
                "summary",
                List.of("category", "expected", "actual", "status"),
                rows.stream()
                        .map(row -> List.of(
                                row.category(),
                                Integer.toString(row.expected()),
                                Integer.toString(row.actual()),
                                row.status()))
                        .toList());
    }
}
