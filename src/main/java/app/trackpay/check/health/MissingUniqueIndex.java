package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Index;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Sql;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedUnique;
import app.trackpay.plan.Provides;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nothing keeps a declared combination of columns unique. */
public final class MissingUniqueIndex implements Check {

    @Override
    public String id() {
        return "missing-unique-index";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Contract contract = new Contract(plan, catalog);
        return contract.once(Provides::unique).stream()
                .filter(u -> !contract.isReportedMissing(u.what().on(), u.what().columns()))
                .filter(u -> Guarantee.of(u.what(), catalog).isEmpty())
                .map(u -> finding(u, catalog));
    }

    private Finding finding(Declared<ProvidedUnique> declared, Catalog catalog) {
        ProvidedUnique what = declared.what();
        String columns = String.join(", ", what.columns());
        return Missing.of(
                        id(),
                        "unique " + what.on() + " (" + columns + ")",
                        declared.step(),
                        "nothing keeps (" + columns + ") unique" + instead(what, catalog)
                                + ": two rows can stand for one, and look-ups that expect a single row take either",
                        named(what, catalog)
                                        .map(i -> "drop " + i.name().name() + ", then ")
                                        .orElse("")
                                + Missing.run(declared.step()))
                .repairedBy(repair(what, catalog))
                .shownBy(shows(what));
    }

    /** What keeps the columns unique, and how many combinations there are more than once already. */
    private static String shows(ProvidedUnique what) {
        String table = what.on().sql();
        String columns = Sql.columns(what.columns());
        return "SELECT " + Sql.literal(table + " (" + columns + ")") + " AS declared,"
                + " (SELECT pg_catalog.min(pg_catalog.pg_get_indexdef(i.indexrelid)) FROM pg_catalog.pg_index i"
                + " WHERE i.indrelid = " + Sql.regclass(what.on()) + " AND i.indisunique AND i.indisvalid"
                + " AND i.indpred IS NULL AND i.indexprs IS NULL AND ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a"
                + " WHERE a.attrelid = i.indrelid AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])"
                + " ORDER BY a.attname::text COLLATE \"C\") = ARRAY["
                + what.columns().stream().sorted().map(Sql::literal).collect(Collectors.joining(", "))
                + "]) AS kept_by, (SELECT pg_catalog.count(*) FROM (SELECT FROM " + table + " WHERE ("
                + columns + ") IS NOT NULL GROUP BY " + columns
                + " HAVING pg_catalog.count(*) > 1) AS twice) AS there_twice;";
    }

    private static String instead(ProvidedUnique what, Catalog catalog) {
        Optional<Index> near = catalog.indexes().stream()
                .filter(i -> Guarantee.isOn(what, i))
                .findFirst()
                .or(() -> named(what, catalog));
        return near.map(i -> " (" + i.name().name() + " " + flaw(what, i) + ")").orElse("");
    }

    private static String flaw(ProvidedUnique what, Index index) {
        if (!index.unique()) {
            return "is not a unique index";
        }
        if (!Guarantee.isOn(what, index)) {
            return "is on " + index.table() + " (" + String.join(", ", index.keys()) + ")";
        }
        return index.predicate().isPresent()
                ? "is partial: it looks only at rows WHERE " + index.predicate().get()
                : index.building() ? "is still being built" : "is invalid";
    }

    private static Optional<Index> named(ProvidedUnique what, Catalog catalog) {
        return what.name()
                .flatMap(name -> catalog.indexes().stream()
                        .filter(i -> i.name().equals(new QualifiedName(what.on().schema(), name)))
                        .findFirst());
    }

    /** An index that has the name and not the shape gives way, unless a constraint stands on it. */
    private static String repair(ProvidedUnique what, Catalog catalog) {
        Optional<Index> taken = named(what, catalog);
        String on = " ON " + what.on().sql() + " (" + Sql.columns(what.columns()) + ");";
        if (what.name().isEmpty() || taken.flatMap(Index::constraint).isPresent()) {
            return "CREATE UNIQUE INDEX" + on;
        }
        return taken.map(i -> "DROP INDEX " + i.name().sql() + "; ").orElse("") + "CREATE UNIQUE INDEX "
                + Identifier.quote(what.name().get()) + on;
    }
}
