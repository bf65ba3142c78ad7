package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Extension;
import app.trackpay.catalog.Index;
import app.trackpay.catalog.Publication;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedForeignKey;
import app.trackpay.plan.ProvidedFunction;
import app.trackpay.plan.ProvidedPolicy;
import app.trackpay.plan.ProvidedPublication;
import app.trackpay.plan.ProvidedTrigger;
import app.trackpay.plan.ProvidedUnique;
import app.trackpay.plan.Provides;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The plan's Step 4: how many objects of each kind the plan expects and how many there are. Objects are compared one by one, so that one
 * missing and one too many do not cancel out, and only those count that the plan answers for (its scope).
 */
public final class Summary {

    private final Plan plan;
    private final Catalog catalog;

    private Summary(Plan plan, Catalog catalog) {
        this.plan = plan;
        this.catalog = catalog;
    }

    /**
     * A kind of object.
     *
     * @param category in the words of the plan's table
     * @param missing what is expected and not there, by name
     * @param unexpected what is there and not expected, by name
     */
    public record Row(String category, int expected, int actual, List<String> missing, List<String> unexpected) {

        /** {@code OK}, {@code 2 MISSING}, {@code 1 UNEXPECTED} or {@code 1 MISSING, 2 UNEXPECTED}. */
        public String status() {
            String status = Stream.of(part(missing, "MISSING"), part(unexpected, "UNEXPECTED"))
                    .filter(s -> !s.isEmpty())
                    .collect(Collectors.joining(", "));
            return status.isEmpty() ? "OK" : status;
        }

        public boolean isOk() {
            return missing.isEmpty() && unexpected.isEmpty();
        }

        private static String part(List<String> names, String word) {
            return names.isEmpty() ? "" : names.size() + " " + word;
        }
    }

    /** The rows in alphabetical order; a kind of which the plan declares nothing has none. */
    public static List<Row> of(Plan plan, Catalog catalog) {
        Summary summary = new Summary(plan, catalog);
        return Stream.of(
                        summary.extensions(),
                        summary.foreignKeys(),
                        summary.functions(),
                        summary.indexes(),
                        summary.policies(),
                        summary.publicationTables(),
                        summary.rowSecurity(),
                        summary.tables(),
                        summary.triggers())
                .filter(row -> row.expected() > 0)
                .toList();
    }

    /** One row, where the plan declares something of its kind. */
    static Optional<Row> row(String category, Plan plan, Catalog catalog) {
        return of(plan, catalog).stream()
                .filter(r -> r.category().equals(category))
                .findFirst();
    }

    /** Foreign keys; one that keeps a declared reference counts under the reference's name, not its own. */
    private Row foreignKeys() {
        ForeignKeys keys = new ForeignKeys(plan, catalog);
        List<ProvidedForeignKey> declared =
                plan.foreignKeys().stream().map(Declared::what).toList();
        Set<String> found = new TreeSet<>();
        Set<Object> matched = declared.stream()
                .flatMap(key -> keys.matching(key).peek(c -> found.add(name(key))))
                .collect(Collectors.toSet());
        Set<ColumnName> references =
                declared.stream().map(ProvidedForeignKey::from).collect(Collectors.toSet());
        keys.all()
                .filter(c -> covers(c.table()) && !matched.contains(c))
                .map(c -> references.contains(
                                new ColumnName(c.table(), c.columns().get(0)))
                        ? c.table() + "." + c.name()
                        : c.table() + "." + String.join("+", c.columns()) + " to "
                                + ForeignKeys.reference(c).table())
                .forEach(found::add);
        return compare("foreign keys", declared.stream().map(Summary::name), found.stream());
    }

    private static String name(ProvidedForeignKey key) {
        return key.from() + " to " + key.to();
    }

    /** Only declared ones: a platform brings many of its own. */
    private Row extensions() {
        Set<String> declared = names(plan.declared(Provides::extensions));
        return compare(
                "extensions",
                declared.stream(),
                catalog.extensions().stream().map(Extension::name).filter(declared::contains));
    }

    /**
     * A scope of whole schemas answers for every function in them; where it names table patterns, functions belong to nobody for certain
     * and only overloads of declared ones are unexpected.
     */
    private Row functions() {
        List<ProvidedFunction> declared =
                plan.declared(Provides::functions).stream().map(Declared::what).toList();
        Set<QualifiedName> names = declared.stream().map(ProvidedFunction::name).collect(Collectors.toSet());
        boolean wholeSchemas = plan.scope().tables().isEmpty();
        Stream<String> actual = catalog.routines().stream()
                .filter(r -> names.contains(r.name())
                        || wholeSchemas
                                && plan.scope().schemas().contains(r.name().schema()))
                .map(r -> declared.stream()
                        .filter(d -> Signatures.find(d, catalog).equals(Optional.of(r)))
                        .map(ProvidedFunction::signature)
                        .findFirst()
                        .orElseGet(r::signature));
        return compare("functions", declared.stream().map(ProvidedFunction::signature), actual);
    }

    /** Indexes that serve no constraint, and those that keep a declared combination unique, served constraint or not. */
    private Row indexes() {
        List<ProvidedUnique> unique =
                plan.declared(Provides::unique).stream().map(Declared::what).toList();
        Set<String> declared = plan.declared(Provides::indexes).stream()
                .map(i -> i.what().name().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> expected = new ArrayList<>(declared);
        List<String> actual = new ArrayList<>();
        Set<Index> serving =
                unique.stream().flatMap(u -> Guarantee.of(u, catalog).stream()).collect(Collectors.toSet());
        for (ProvidedUnique u : unique) {
            Optional<Index> index = Guarantee.of(u, catalog);
            if (index.isEmpty() || !declared.contains(index.get().name().toString())) {
                String name = u.on() + " unique (" + String.join(", ", u.columns()) + ")";
                expected.add(name);
                index.ifPresent(i -> actual.add(name));
            }
        }
        catalog.indexes().stream()
                .filter(i -> covers(i.table()))
                .filter(i -> i.constraint().isEmpty() && !serving.contains(i)
                        || declared.contains(i.name().toString()))
                .map(i -> i.name().toString())
                .forEach(actual::add);
        return compare("indexes", expected.stream(), actual.stream());
    }

    /** On a table that is not the plan's, such as {@code storage.objects}, only declared ones: others may have theirs there. */
    private Row policies() {
        Set<ProvidedPolicy> declared =
                plan.declared(Provides::policies).stream().map(Declared::what).collect(Collectors.toSet());
        return compare(
                "policies",
                declared.stream().map(Summary::name),
                catalog.policies().stream()
                        .map(p -> new ProvidedPolicy(p.table(), p.name()))
                        .filter(p -> plan.scope().covers(p.table()) || plan.provides(p.table()) || declared.contains(p))
                        .map(Summary::name));
    }

    private static String name(ProvidedPolicy policy) {
        return policy.table() + "." + policy.name();
    }

    /** Tables of the scope in the publications that the plan fills. */
    private Row publicationTables() {
        Set<ProvidedPublication> declared = plan.declared(Provides::publications).stream()
                .map(Declared::what)
                .collect(Collectors.toSet());
        Set<String> publications =
                declared.stream().map(ProvidedPublication::publication).collect(Collectors.toSet());
        Stream<String> actual = catalog.publications().stream()
                .filter(p -> publications.contains(p.name()))
                .flatMap(p -> tablesIn(p)
                        .filter(t -> covers(t) || declared.contains(new ProvidedPublication(p.name(), t)))
                        .map(t -> t + " in " + p.name()));
        return compare("publication tables", declared.stream().map(d -> d.table() + " in " + d.publication()), actual);
    }

    private Stream<QualifiedName> tablesIn(Publication publication) {
        Stream<QualifiedName> implied = catalog.relations().stream()
                .filter(t -> t.isTable() && t.partitionOf().isEmpty())
                .map(Relation::name)
                .filter(t -> publication.allTables() || publication.schemas().contains(t.schema()));
        return Stream.concat(implied, publication.tables().stream().map(t -> t.table()))
                .distinct();
    }

    /** Tables of the plan that have policies in it, and whose row level security must therefore be on. */
    private Row rowSecurity() {
        Set<QualifiedName> declared = plan.declared(Provides::policies).stream()
                .map(p -> p.what().table())
                .filter(plan::provides)
                .collect(Collectors.toSet());
        return compare(
                "row security",
                declared.stream().map(QualifiedName::toString),
                catalog.relations().stream()
                        .filter(t -> t.rowSecurity() && declared.contains(t.name()))
                        .map(t -> t.name().toString()));
    }

    /** Partitions are part of their table. */
    private Row tables() {
        return compare(
                "tables",
                plan.tables().stream().map(t -> t.what().name().toString()),
                catalog.relations().stream()
                        .filter(t -> t.isTable() && covers(t.name()))
                        .map(t -> t.name().toString()));
    }

    private Row triggers() {
        Set<ProvidedTrigger> declared =
                plan.declared(Provides::triggers).stream().map(Declared::what).collect(Collectors.toSet());
        return compare(
                "triggers",
                declared.stream().map(Summary::name),
                catalog.triggers().stream()
                        .map(t -> new ProvidedTrigger(t.table(), t.name()))
                        .filter(t -> covers(t.table()) || declared.contains(t))
                        .map(Summary::name));
    }

    private static String name(ProvidedTrigger trigger) {
        return trigger.table() + "." + trigger.name();
    }

    private boolean covers(QualifiedName table) {
        boolean partition =
                catalog.relation(table).flatMap(Relation::partitionBound).isPresent();
        return plan.provides(table) || plan.scope().covers(table) && !partition;
    }

    private static Set<String> names(Collection<Declared<String>> declared) {
        return declared.stream().map(Declared::what).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Row compare(String category, Stream<String> expected, Stream<String> actual) {
        Set<String> wanted = expected.collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = actual.collect(Collectors.toCollection(TreeSet::new));
        return new Row(category, wanted.size(), there.size(), without(wanted, there), without(there, wanted));
    }

    private static List<String> without(Set<String> names, Set<String> others) {
        return names.stream().filter(n -> !others.contains(n)).toList();
    }
}
