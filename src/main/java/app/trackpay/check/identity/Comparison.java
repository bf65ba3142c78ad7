package app.trackpay.check.identity;

import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.And;
import app.trackpay.catalog.expression.Expression.ArrayComparison;
import app.trackpay.catalog.expression.Expression.Distinct;
import app.trackpay.catalog.expression.Expression.Not;
import app.trackpay.catalog.expression.Expression.NullIf;
import app.trackpay.catalog.expression.Expression.Operation;
import app.trackpay.catalog.expression.Expression.Or;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Query;
import java.util.stream.Stream;

/**
 * Two values that are held against each other.
 *
 * @param equal whether it asks for the same value, not for another; the NOT around it is taken in
 */
public record Comparison(Expression left, Expression right, boolean equal) {

    /** Every comparison for sameness in an expression and its sub-queries. */
    public static Stream<Comparison> in(Expression expression) {
        return in(expression, false);
    }

    /** NOT counts for what it stands before, AND and OR between; what a sub-query asks of its own rows it leaves alone. */
    private static Stream<Comparison> in(Expression expression, boolean negated) {
        boolean carried = expression instanceof Not
                ? !negated
                : negated && (expression instanceof And || expression instanceof Or);
        return Stream.concat(
                of(expression).map(c -> new Comparison(c.left, c.right, c.equal != negated)),
                expression instanceof SubSelect sub
                        ? Stream.concat(
                                sub.test().stream().flatMap(test -> in(test, negated)),
                                sub.query().expressions().flatMap(part -> in(part, false)))
                        : expression.parts().stream().flatMap(part -> in(part, carried)));
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
