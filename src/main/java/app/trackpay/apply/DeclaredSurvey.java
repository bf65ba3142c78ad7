package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Checks;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.Judgement;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedTable;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Step;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which steps of a plan a database has, told by what they provide.
 *
 * @param accepted the objects of findings that the team's suppressions hide
 */
record DeclaredSurvey(Plan plan, Catalog catalog, Set<String> accepted) {

    /**
     * Looks at the plan as a whole, then at each step of which nothing was said: one missing table is one finding of the whole plan, which
     * is silent about all that hangs on it, so that silence is no sign that a step is there.
     *
     * @throws CouldNotRunException when the catalog cannot be read
     */
    static Survey of(Plan plan, Connection connection) throws CouldNotRunException {
        CatalogScope scope = CatalogScope.USER_SCHEMAS.and(plan.scope().schemas());
        Catalog catalog = CatalogReader.read(connection, scope);
        Judgement whole = judged(plan, catalog);
        Set<String> accepted = whole.suppressed().stream()
                .map(suppressed -> suppressed.finding().object())
                .collect(Collectors.toSet());
        DeclaredSurvey survey = new DeclaredSurvey(plan, catalog, accepted);
        Map<String, Evidence> evidence = new HashMap<>();
        for (Step step : plan.steps()) {
            List<Finding> said = whole.findings().stream()
                    .filter(finding -> finding.step().filter(step::equals).isPresent())
                    .toList();
            evidence.put(step.id(), evidence(step, said.isEmpty() ? survey.lacks(step, whole.findings()) : said));
        }
        return new Survey(evidence, List.of(), false);
    }

    private static Judgement judged(Plan plan, Catalog catalog) {
        return Judge.judge(plan, catalog, Checks.provided(), LocalDate.now());
    }

    /**
     * What a step lacks by itself, the tables of other steps included on which it builds. A foreign key that a later step declares again is
     * left out, because what the later one makes of it is not what this one left.
     *
     * @param said of the whole plan; it names the step that is to be run
     */
    private List<Finding> lacks(Step step, List<Finding> said) {
        Provides provides = step.provides();
        Step alone = new Step(
                step.id(),
                step.name(),
                step.file(),
                step.purpose(),
                step.importance(),
                step.sections(),
                new Provides(
                        provides.extensions(),
                        Stream.of(provides.tables().stream(), doneWithout(), ground(provides))
                                .flatMap(tables -> tables)
                                .toList(),
                        provides.functions(),
                        provides.triggers(),
                        provides.indexes(),
                        provides.unique(),
                        plan.foreignKeys().stream()
                                .filter(key -> key.step().equals(step))
                                .map(Declared::what)
                                .toList(),
                        provides.policies(),
                        provides.publications(),
                        provides.revoked()));
        return judged(plan.with(List.of(alone)), catalog).findings().stream()
                .map(finding -> said.stream()
                        .filter(other -> other.key().equals(finding.key()))
                        .findFirst()
                        .orElse(finding))
                .toList();
    }

    /** The tables and columns that may be missing, so that what hangs on them may be, too. */
    private Stream<ProvidedTable> doneWithout() {
        return plan.declared(Provides::tables).stream()
                .map(Declared::what)
                .map(table -> new ProvidedTable(
                        table.name(),
                        table.columns().stream()
                                .filter(column -> accepted.contains("column " + table.name() + "." + column.name()))
                                .toList()))
                .filter(table -> !table.columns().isEmpty() || accepted.contains("table " + table.name()));
    }

    /** The tables of the plan on which something stands. */
    private Stream<ProvidedTable> ground(Provides provides) {
        Stream<QualifiedName> tables = Stream.of(
                        provides.triggers().stream().map(trigger -> trigger.table()),
                        provides.indexes().stream().flatMap(index -> index.on().stream()),
                        provides.unique().stream().map(unique -> unique.on()),
                        provides.foreignKeys().stream()
                                .flatMap(key -> Stream.of(key.from().table(), key.to())),
                        provides.policies().stream().map(policy -> policy.table()),
                        provides.publications().stream().map(publication -> publication.table()),
                        provides.revoked().stream().map(revoked -> revoked.on()))
                .flatMap(names -> names);
        return tables.filter(plan::provides).distinct().map(table -> new ProvidedTable(table, List.of()));
    }

    private static Evidence evidence(Step step, List<Finding> lacks) {
        String provided = Provided.words(step);
        if (!lacks.isEmpty()) {
            return new Evidence(
                    Evidence.Standing.LACKING,
                    lacks.size() + (lacks.size() == 1 ? " thing is" : " things are") + " not there as declared ("
                            + lacks.get(0).check() + ": " + lacks.get(0).object()
                            + (lacks.size() == 1 ? ")" : ", \u2026)"),
                    lacks);
        }
        return provided.isEmpty()
                ? new Evidence(
                        Evidence.Standing.SILENT,
                        "declares nothing that could be found; counts if a later step is there",
                        lacks)
                : new Evidence(Evidence.Standing.THERE, "found " + provided, lacks);
    }
}
