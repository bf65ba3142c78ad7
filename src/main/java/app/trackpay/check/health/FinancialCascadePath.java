package app.trackpay.check.health;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.DeleteRule;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A chain of ON DELETE CASCADE keys, two or more, that ends in a financial table.
 *
 * <p>A RESTRICT or NO ACTION key ends a chain where it stands. Such a key beside a chain (on another column of the same rows) is no proof:
 * PostgreSQL asks the keys of a deleted row in the order of their creation, and what a cascade has deleted by then blocks nothing.
 */
public final class FinancialCascadePath implements Check {

    /** More than anybody reads; keeps a schema where everything cascades into everything from filling the memory. */
    private static final int MOST = 100;

    @Override
    public String id() {
        return "financial-cascade-path";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ForeignKeys keys = new ForeignKeys(plan, catalog);
        List<Constraint> cascades = keys.all()
                .filter(k -> ForeignKeys.rule(k) == DeleteRule.CASCADE)
                .toList();
        return cascades.stream()
                .filter(k -> keys.isFinancial(k.table()))
                .flatMap(last -> chains(List.of(last), cascades).limit(MOST))
                .filter(chain -> chain.size() > 1)
                .filter(chain -> chain.stream().anyMatch(k -> keys.exemption(k).isEmpty()))
                .map(this::finding);
    }

    /** The chains that end in this one and cannot be made longer without coming back to a table of theirs. */
    private static Stream<List<Constraint>> chains(List<Constraint> chain, List<Constraint> cascades) {
        QualifiedName start = parent(chain.get(0));
        List<Constraint> before = cascades.stream()
                .filter(k -> k.table().equals(start))
                .filter(k -> !parent(k).equals(start)
                        && chain.stream().noneMatch(c -> c.table().equals(parent(k))))
                .toList();
        if (before.isEmpty()) {
            return Stream.of(chain);
        }
        return before.stream()
                .flatMap(k -> chains(Stream.concat(Stream.of(k), chain.stream()).toList(), cascades));
    }

    private static QualifiedName parent(Constraint key) {
        return ForeignKeys.reference(key).table();
    }

    private Finding finding(List<Constraint> chain) {
        Constraint last = chain.get(chain.size() - 1);
        String path = name(parent(chain.get(0)))
                + chain.stream()
                        .map(k -> " → " + name(k.table()) + " (CASCADE " + k.name() + ")")
                        .collect(Collectors.joining());
        String tables = Stream.concat(
                        Stream.of(parent(chain.get(0))), chain.stream().map(Constraint::table))
                .map(FinancialCascadePath::name)
                .collect(Collectors.joining(" → "));
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "cascade " + tables + " by "
                                + chain.stream().map(Constraint::name).collect(Collectors.joining(", ")),
                        "deleting one row of " + parent(chain.get(0)) + " deletes rows of " + last.table()
                                + ", which are money: " + path,
                        "make one link RESTRICT (the last one protects most), or declare every link under financial:"
                                + " exceptions: with a reason")
                .repairedBy(ForeignKeys.withRule(last, DeleteRule.RESTRICT))
                .shownBy(
                        "SELECT conrelid::pg_catalog.regclass AS table, conname, pg_catalog.pg_get_constraintdef(oid) AS definition"
                                + " FROM pg_catalog.pg_constraint WHERE contype = 'f' AND confdeltype = 'c' AND conname IN ("
                                + chain.stream().map(k -> Sql.literal(k.name())).collect(Collectors.joining(", "))
                                + ");");
    }

    /** Tables of {@code public} go without their schema, as people say them. */
    private static String name(QualifiedName table) {
        return table.schema().equals("public") ? table.name() : table.toString();
    }
}
