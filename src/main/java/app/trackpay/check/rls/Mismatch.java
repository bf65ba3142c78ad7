package app.trackpay.check.rls;

import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.catalog.expression.Expression.Derived;
import app.trackpay.check.identity.Claims;
import app.trackpay.check.identity.Comparison;
import app.trackpay.check.identity.Identities;
import app.trackpay.check.identity.Origin;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Two ids of different kinds held against each other.
 *
 * @param left one of them
 * @param right the other
 */
record Mismatch(Comparison comparison, Origin left, Origin right) {

    /** The first pair of kinds that do not go together. */
    static Optional<Mismatch> in(Comparison comparison, Identities identities) {
        List<Origin> rights = identities.of(comparison.right()).toList();
        return identities
                .of(comparison.left())
                .flatMap(left -> rights.stream()
                        .filter(right -> right.kind() != left.kind())
                        .map(right -> new Mismatch(comparison, left, right)))
                .findFirst();
    }

    /** The very calls in an expression by which the caller comes in as somebody else, by identity. */
    static Set<Expression> callers(Expression expression, Identities identities) {
        Set<Expression> calls = Collections.newSetFromMap(new IdentityHashMap<>());
        Comparison.in(expression)
                .flatMap(comparison -> in(comparison, identities).stream())
                .flatMap(mismatch -> Stream.of(mismatch.left, mismatch.right)
                        .filter(Origin::caller)
                        .flatMap(origin -> mismatch.callers(origin.kind(), identities)))
                .forEach(calls::add);
        return calls;
    }

    String message() {
        return left.holder() + " is compared with " + right.holder() + ", and they are ids of different kinds ("
                + left.why() + "; " + right.why() + "): "
                + (comparison.equal() ? "no row will ever match" : "every row will pass");
    }

    /** The column whose stored ids are compared, the first where both are. */
    Optional<ColumnName> stored(Identities identities) {
        return Stream.of(comparison.left(), comparison.right())
                .flatMap(Expression::everything)
                .flatMap(e -> e instanceof Column column
                        ? Stream.of(new ColumnName(column.table(), column.name()))
                        : Stream.empty())
                .filter(column -> identities.column(column).isPresent())
                .findFirst();
    }

    /** The places where it is read from the token itself. */
    Stream<Expression> subjects() {
        return Stream.of(comparison.left(), comparison.right())
                .flatMap(Expression::everything)
                .filter(Mismatch::isSubject);
    }

    static boolean isSubject(Expression e) {
        return e.core() == e && Claims.path(e).filter(List.of("sub")::equals).isPresent();
    }

    /** The calls by which the caller's id of this kind comes in. */
    Stream<Expression> callers(Origin.Kind kind, Identities identities) {
        return Stream.of(comparison.left(), comparison.right())
                .flatMap(Expression::everything)
                .flatMap(e -> e instanceof Derived derived
                        ? derived.origins().stream().flatMap(Expression::everything)
                        : Stream.of(e))
                .filter(e -> e instanceof Call call
                        && call.arguments().isEmpty()
                        && identities
                                .function(call.function())
                                .filter(origin -> origin.kind() == kind)
                                .isPresent());
    }

    /** The kind that the caller's id should be: that of what is stored. */
    Optional<Origin.Kind> wanted() {
        if (left.caller() == right.caller()) {
            return Optional.empty();
        }
        return Optional.of(left.caller() ? right.kind() : left.kind());
    }
}
