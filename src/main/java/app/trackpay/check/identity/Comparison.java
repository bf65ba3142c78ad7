package app.trackpay.check.identity;

import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.ArrayComparison;
import app.trackpay.catalog.expression.Expression.Distinct;
import app.trackpay.catalog.expression.Expression.NullIf;
import app.trackpay.catalog.expression.Expression.Operation;
import app.trackpay.catalog.expression.Query;
import java.util.stream.Stream;

/**
 * Two values that are held against each other.
 *
 * @param equal whether it asks for the same value, not for another
 */
public record Comparison(Expression left, Expression right, boolean equal) {

    /** Every comparison for sameness in an expression and its sub-queries. */
    public static Stream<Comparison> in(Expression expression) {
        return expression.everything().flatMap(Comparison::of);
    }

    /** Every comparison in a statement; what it writes to a column counts as one with the column. */
    public static Stream<Comparison> in(Query query) {
        return Stream.concat(
                query.expressions().flatMap(Comparison::in),
                query.everyQuery()
                        .flatMap(q -> q.assignments().stream())
                        .map(a -> new Comparison(
                                new Expression.Column(
                                        a.table(), a.column(), a.table().name(), 0),
                                a.value(),
                                true)));
    }

    private static Stream<Comparison> of(Expression expression) {
        if (expression instanceof Operation operation && operation.operands().size() == 2) {
            return operation.operator().isAnyOf("=", "<>", "@>", "<@", "&&")
                    ? Stream.of(new Comparison(
                            operation.operands().get(0),
                            operation.operands().get(1),
                            !operation.operator().isAnyOf("<>")))
                    : Stream.empty();
        }
        if (expression instanceof ArrayComparison array && array.operator().isAnyOf("=", "<>")) {
            return Stream.of(new Comparison(
                    array.value(), array.array(), array.operator().isAnyOf("=")));
        }
        if (expression instanceof Distinct distinct) {
            return Stream.of(new Comparison(distinct.left(), distinct.right(), false));
        }
        return expression instanceof NullIf nullIf
                ? Stream.of(new Comparison(nullIf.value(), nullIf.other(), true))
                : Stream.empty();
    }
}
