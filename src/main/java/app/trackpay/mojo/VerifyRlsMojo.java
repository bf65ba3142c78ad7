package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.RehearsalFailedException;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Check;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.Database;
import app.trackpay.plan.Plan;
import app.trackpay.probe.EarlierRows;
import app.trackpay.probe.Observation;
import app.trackpay.probe.Probe;
import app.trackpay.report.Output;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.eclipse.aether.RepositorySystem;

/**
 * Reads the row level security policies as they are stored, and has the plan's personas try every command on every row: who can see and change
 * what. On a rehearsal the rows are the plan's fixtures. On a live database it reads as a few of the users who are there, and writes nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify-rls", defaultPhase = LifecyclePhase.INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public final class VerifyRlsMojo extends DatabaseMojo {

    /**
     * Tries UPDATE and DELETE on a live database too, on a few rows of each table, in a transaction that is rolled back. Triggers run, and the
     * rows are locked for that moment. A rehearsal always tries them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "trackpay.probeWrites", defaultValue = "false")
    private boolean probeWrites;

    @Inject
    public VerifyRlsMojo(RepositorySystem repositories, SettingsDecrypter decrypter) {
        super(repositories, decrypter);
    }

    @Override
    Answer look(Plan plan, Source source) throws CouldNotRunException, RehearsalFailedException {
        try (Database database = source.migrated(plan, options(), listener())) {
            return look(plan, database, probeWrites, Optional.empty(), output());
        }
    }

    /**
     * Looks at a database that is open already.
     *
     * @param earlier where the plan ran in a transaction that is open: what held rows before
     */
    static Answer look(Plan plan, Database database, boolean writes, Optional<EarlierRows> earlier, Output output)
            throws CouldNotRunException {
        CatalogScope scope = CatalogScope.USER_SCHEMAS.and(plan.scope().schemas());
        Catalog catalog = CatalogReader.readWithExpressions(database, scope);
        List<Check> checks = Checks.rls();
        List<Finding> stored =
                checks.stream().flatMap(c -> c.findings(plan, catalog)).toList();
        Observation seen = earlier.isPresent()
                ? Probe.inside(database, plan, catalog, writes, stored, earlier.get())
                : Probe.of(database, plan, catalog, writes, stored);
        if (!seen.matrix().rows().isEmpty()) {
            output.info("");
            seen.matrix().lines().forEach(output::info);
            output.info("");
            output.info(seen.tries() + " statements tried, all of them taken back");
        }
        seen.notes().forEach(output::warn);
        Set<String> asked = Stream.concat(checks.stream().map(Check::id), seen.asked().stream())
                .collect(Collectors.toSet());
        return new Answer(Judge.judge(plan, seen.with(stored), asked, LocalDate.now()), List.of(seen.matrix()));
    }
}
