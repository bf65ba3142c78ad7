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
 * A chain of ON DELETE CASCADE keys, two or more, that ends in a financial table and that no RESTRICT or NO ACTION key blocks for every row it
 * can reach.
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
        List<Constraint> all = keys.all().toList();
        return cascades.stream()
                .filter(k -> keys.isFinancial(k.table()))
                .flatMap(
                        last -> whole(new CascadeChain(List.of(last)), cascades).limit(MOST))
                .map(chain -> chain.unblocked(all))
                .distinct()
                .filter(chain -> chain.links().size() > 1)
                .filter(chain ->
                        chain.links().stream().anyMatch(k -> keys.exemption(k).isEmpty()))
                .map(chain -> finding(chain, keys));
    }

    /** The chains with this end that cannot be made longer without coming back to a table of theirs. */
    private static Stream<CascadeChain> whole(CascadeChain end, List<Constraint> cascades) {
        List<CascadeChain> longer = cascades.stream()
                .filter(k -> k.table().equals(end.start()))
                .filter(k -> !end.tables().contains(ForeignKeys.reference(k).table()))
                .map(end::after)
                .toList();
        return longer.isEmpty() ? Stream.of(end) : longer.stream().flatMap(chain -> whole(chain, cascades));
    }

    private Finding finding(CascadeChain chain, ForeignKeys keys) {
        String path = name(chain.start())
                + chain.links().stream()
                        .map(k -> " → " + name(k.table()) + " (CASCADE " + k.name() + ")")
                        .collect(Collectors.joining());
        String tables = chain.tables().stream().map(FinancialCascadePath::name).collect(Collectors.joining(" → "));
        String names = chain.links().stream().map(Constraint::name).collect(Collectors.joining(", "));
        return new Finding(
                        id(),
                        Severity.ERROR,
                        "cascade " + tables + " by " + names,
                        "deleting one row of " + chain.start() + " deletes rows of "
                                + chain.last().table() + ", which are money: " + path,
                        keys.advice(
                                chain.last(),
                                DeleteRule.RESTRICT,
                                "make one link RESTRICT (the last one protects most), or declare every link under"
                                        + " financial: exceptions: with a reason"))
                .repairedBy(keys.repair(chain.last(), DeleteRule.RESTRICT))
                .shownBy(
                        "SELECT conrelid::pg_catalog.regclass AS table, conname, pg_catalog.pg_get_constraintdef(oid) AS definition"
                                + " FROM pg_catalog.pg_constraint WHERE contype = 'f' AND confdeltype = 'c' AND conname IN ("
                                + chain.links().stream()
                                        .map(k -> Sql.literal(k.name()))
                                        .collect(Collectors.joining(", "))
                                + ");");
    }

    /** Tables of {@code public} go without their schema, as people say them. */
    private static String name(QualifiedName table) {
        return table.schema().equals("public") ? table.name() : table.toString();
    }
}
