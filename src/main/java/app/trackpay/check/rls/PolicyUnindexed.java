package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Index;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.ArrayComparison;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.catalog.expression.Expression.Operation;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Columns by which policies find a user's rows, and no index that leads with them: every query reads the whole table. Of conditions that must
 * all hold one index is enough, of alternatives each needs one.
 */
public final class PolicyUnindexed implements Check {

    @Override
    public String id() {
        return "policy-unindexed";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Map<QualifiedName, Set<String>> missing = new TreeMap<>();
        Asked.of(plan, catalog)
                .filter(asked -> asked.policy().permissive()
                        && !plan.assumed().small().contains(asked.policy().table())
                        && asked.isFor(Command.SELECT, Command.UPDATE, Command.DELETE))
                .forEach(asked -> asked.using().stream()
                        .flatMap(using -> unindexed(using, catalog))
                        .forEach(column -> missing.computeIfAbsent(column.table(), any -> new TreeSet<>())
                                .add(column.name())));
        return missing.entrySet().stream().map(e -> finding(e.getKey(), e.getValue()));
    }

    private Finding finding(QualifiedName table, Set<String> columns) {
        return new Finding(
                        id(),
                        Severity.WARNING,
                        "table " + table,
                        "policies look for rows by " + String.join(", ", columns)
                                + ", and no index begins there: every query of every user reads the whole table",
                        "add the index in the step that makes the indexes, or declare the table under assume: small:")
                .repairedBy(columns.stream()
                        .map(column -> "CREATE INDEX ON " + table.sql() + " (" + Identifier.quote(column) + ");")
                        .collect(Collectors.joining(" ")))
                .shownBy("SELECT indexdef FROM pg_catalog.pg_indexes WHERE schemaname = " + Sql.literal(table.schema())
                        + " AND tablename = " + Sql.literal(table.name()) + ";");
    }

    private static Stream<Column> unindexed(Expression condition, Catalog catalog) {
        Expression core = condition.core();
        if (core instanceof Expression.Or or) {
            return or.parts().stream().flatMap(part -> unindexed(part, catalog));
        }
        if (core instanceof Expression.And and) {
            List<Expression> useful = and.parts().stream()
                    .filter(part -> part.core() instanceof Expression.Or
                            || filtered(part.core()).findAny().isPresent())
                    .toList();
            return useful.stream()
                            .anyMatch(part -> unindexed(part, catalog).findAny().isEmpty())
                    ? Stream.empty()
                    : useful.stream().limit(1).flatMap(part -> unindexed(part, catalog));
        }
        return filtered(core).filter(column -> !isIndexed(column, catalog));
    }

    /** The row's column that is held against something that does not depend on the row. */
    private static Stream<Column> filtered(Expression atom) {
        if (atom instanceof Operation operation
                && operation.operator().isAnyOf("=")
                && operation.operands().size() == 2) {
            return Stream.concat(
                    against(operation.operands().get(0), operation.operands().get(1)),
                    against(operation.operands().get(1), operation.operands().get(0)));
        }
        if (atom instanceof ArrayComparison array
                && array.any()
                && array.operator().isAnyOf("=")) {
            return against(array.value(), array.array());
        }
        return atom instanceof SubSelect sub
                        && sub.kind() == SubSelect.Kind.ANY
                        && sub.query().expressions().noneMatch(PolicyUnindexed::looksAtRow)
                ? sub.test().stream().flatMap(PolicyUnindexed::filtered)
                : Stream.empty();
    }

    private static Stream<Column> against(Expression value, Expression other) {
        return value.core() instanceof Column column && column.depth() == 0 && !looksAtRow(other)
                ? Stream.of(column)
                : Stream.empty();
    }

    private static boolean looksAtRow(Expression expression) {
        return expression.everything().anyMatch(e -> e instanceof Column column && column.depth() == 0);
    }

    private static boolean isIndexed(Column column, Catalog catalog) {
        return catalog.indexes().stream()
                .filter(Index::valid)
                .filter(index -> index.table().equals(column.table())
                        && index.predicate().isEmpty())
                .anyMatch(index -> index.keys().get(0).equals(Identifier.quote(column.name()))
                        || index.keys().get(0).equals(column.name()));
    }
}
