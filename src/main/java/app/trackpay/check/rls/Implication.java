package app.trackpay.check.rls;

import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.catalog.expression.Expression.Constant;
import app.trackpay.check.identity.Identities;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether one condition asks for everything that another asks of a row's owner. Parts that are not about the owner may differ: a status may
 * change.
 */
record Implication(Identities identities) {

    /** Beyond it, trying every combination would take too long; nothing is claimed then. */
    private static final int MOST = 14;

    /** Whether whatever passes the condition also passes the owner's part of the other. Also true when it is too large to tell. */
    boolean follows(Expression condition, Expression other) {
        List<Expression> atoms = Stream.of(condition, other)
                .flatMap(Implication::atoms)
                .map(Implication::plain)
                .distinct()
                .toList();
        return atoms.size() > MOST
                || IntStream.range(0, 1 << atoms.size())
                        .noneMatch(world -> holds(condition, atoms, world, false) && !holds(other, atoms, world, true));
    }

    /** The parts that say whose row it is. */
    Stream<Expression> bindings(Expression condition) {
        return atoms(condition).filter(this::binds);
    }

    private boolean holds(Expression condition, List<Expression> atoms, int world, boolean ownerOnly) {
        Expression core = condition.core();
        if (core instanceof Expression.And and) {
            return and.parts().stream().allMatch(part -> holds(part, atoms, world, ownerOnly));
        }
        if (core instanceof Expression.Or or) {
            return or.parts().stream().anyMatch(part -> holds(part, atoms, world, ownerOnly));
        }
        if (core instanceof Constant constant) {
            return constant.text().filter("true"::equals).isPresent();
        }
        return ownerOnly && !binds(core) || (world >> atoms.indexOf(plain(core)) & 1) == 1;
    }

    private static Stream<Expression> atoms(Expression condition) {
        Expression core = condition.core();
        if (core instanceof Expression.And || core instanceof Expression.Or) {
            return core.parts().stream().flatMap(Implication::atoms);
        }
        return core instanceof Constant ? Stream.empty() : Stream.of(core);
    }

    /** It looks at the row and at who asks. */
    private boolean binds(Expression atom) {
        return atom.everything().anyMatch(e -> e instanceof Column column && column.depth() == 0)
                && atom.everything().anyMatch(identities::isCaller);
    }

    /** The same for the two ways to write it: operands of an equality in either order, bare or in a sub-select. */
    private static Expression plain(Expression atom) {
        if (atom instanceof Expression.Operation equality
                && equality.operator().isAnyOf("=")
                && equality.operands().size() == 2) {
            Expression left = equality.operands().get(0).core();
            Expression right = equality.operands().get(1).core();
            return new Expression.Operation(
                    equality.operator(), right instanceof Column ? List.of(right, left) : List.of(left, right));
        }
        return atom;
    }
}
