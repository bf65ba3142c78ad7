package app.trackpay.check.identity;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.And;
import app.trackpay.catalog.expression.Expression.ArrayComparison;
import app.trackpay.catalog.expression.Expression.BooleanTest;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Expression.Case;
import app.trackpay.catalog.expression.Expression.Coalesce;
import app.trackpay.catalog.expression.Expression.Constant;
import app.trackpay.catalog.expression.Expression.Distinct;
import app.trackpay.catalog.expression.Expression.Elements;
import app.trackpay.catalog.expression.Expression.Not;
import app.trackpay.catalog.expression.Expression.NullTest;
import app.trackpay.catalog.expression.Expression.Operation;
import app.trackpay.catalog.expression.Expression.Or;
import app.trackpay.catalog.expression.Expression.SubSelect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a condition comes to, as far as that depends neither on the row nor on who the caller is but at most on whether there is one. */
public final class Truth {

    /** SQL's three answers, and that it depends. */
    public enum Answer {
        TRUE,
        FALSE,
        NULL,
        DEPENDS
    }

    /** Who asks. */
    public enum Caller {
        /** Anybody. */
        ANYBODY,
        /** Somebody whose token names them. */
        LOGGED_IN,
        /** Nobody that a token names. */
        NOBODY
    }

    private final Catalog catalog;
    private final Identities identities;
    private final Caller caller;

    /** Conditions as this caller meets them. */
    public Truth(Catalog catalog, Identities identities, Caller caller) {
        this.catalog = catalog;
        this.identities = identities;
        this.caller = caller;
    }

    /** What the condition comes to. */
    public Answer of(Expression condition) {
        Expression core = condition.core();
        if (core instanceof Constant constant) {
            return constant.isNull()
                    ? Answer.NULL
                    : constant.text().map(Truth::of).orElse(Answer.DEPENDS);
        }
        if (core instanceof And and) {
            return any(and.parts(), Answer.FALSE, Answer.TRUE);
        }
        if (core instanceof Or or) {
            return any(or.parts(), Answer.TRUE, Answer.FALSE);
        }
        if (core instanceof Not not) {
            return not(of(not.argument()));
        }
        if (core instanceof NullTest test) {
            Answer isNull = isNull(test.argument());
            return test.isNull() ? isNull : not(isNull);
        }
        if (core instanceof Operation operation && operation.operands().size() == 2) {
            return compared(
                    operation.operator().name(),
                    operation.operands().get(0),
                    operation.operands().get(1));
        }
        if (core instanceof Distinct distinct) {
            return distinct(distinct);
        }
        if (core instanceof ArrayComparison array
                && array.any()
                && array.operator().isAnyOf("=")
                && array.array().core() instanceof Elements elements) {
            List<Answer> each = elements.parts().stream()
                    .map(element -> compared("=", array.value(), element))
                    .toList();
            return combined(each, Answer.TRUE, Answer.FALSE);
        }
        if (core instanceof BooleanTest test) {
            return tested(test);
        }
        if (core instanceof Coalesce coalesce) {
            return coalesce.parts().stream()
                    .map(this::of)
                    .filter(answer -> answer != Answer.NULL)
                    .findFirst()
                    .orElse(Answer.NULL);
        }
        if (core instanceof Case choice) {
            return chosen(choice);
        }
        return core instanceof SubSelect sub
                        && sub.kind() == SubSelect.Kind.EXISTS
                        && sub.query().sources().isEmpty()
                        && sub.query().branches().isEmpty()
                        && sub.query().conditions().isEmpty()
                        && sub.query().others().isEmpty()
                ? Answer.TRUE
                : Answer.DEPENDS;
    }

    private static Answer of(String constant) {
        return switch (constant) {
            case "true" -> Answer.TRUE;
            case "false" -> Answer.FALSE;
            default -> Answer.DEPENDS;
        };
    }

    private Answer any(List<Expression> parts, Answer decisive, Answer neutral) {
        return combined(parts.stream().map(this::of).toList(), decisive, neutral);
    }

    private static Answer combined(List<Answer> answers, Answer decisive, Answer neutral) {
        if (answers.contains(decisive)) {
            return decisive;
        }
        if (answers.contains(Answer.DEPENDS)) {
            return Answer.DEPENDS;
        }
        return answers.contains(Answer.NULL) ? Answer.NULL : neutral;
    }

    private static Answer not(Answer answer) {
        return switch (answer) {
            case TRUE -> Answer.FALSE;
            case FALSE -> Answer.TRUE;
            default -> answer;
        };
    }

    private Answer compared(String operator, Expression left, Expression right) {
        if (isNull(left) == Answer.TRUE || isNull(right) == Answer.TRUE) {
            return Answer.NULL;
        }
        Optional<String> one = constant(left);
        Optional<String> other = constant(right);
        if (one.isPresent() && other.isPresent() && (operator.equals("=") || operator.equals("<>"))) {
            return one.equals(other) == operator.equals("=") ? Answer.TRUE : Answer.FALSE;
        }
        // the same column of the same row
        if (left.core() instanceof Expression.Column && left.equals(right) && isNull(left) == Answer.FALSE) {
            return switch (operator) {
                case "=", "<=", ">=" -> Answer.TRUE;
                case "<>", "<", ">" -> Answer.FALSE;
                default -> Answer.DEPENDS;
            };
        }
        return operator.equals("=") && caller != Caller.ANYBODY
                ? Stream.of(left, right)
                        .filter(Truth::isRole)
                        .findFirst()
                        .flatMap(role -> one.or(() -> other))
                        .filter("authenticated"::equals)
                        .map(any -> caller == Caller.LOGGED_IN ? Answer.TRUE : Answer.FALSE)
                        .orElse(Answer.DEPENDS)
                : Answer.DEPENDS;
    }

    private static boolean isRole(Expression expression) {
        Expression core = expression.core();
        return core instanceof Call call && call.function().is("auth", "role")
                || Claims.path(core).filter(List.of("role")::equals).isPresent();
    }

    private static Optional<String> constant(Expression expression) {
        return expression.core() instanceof Constant constant ? constant.text() : Optional.empty();
    }

    private Answer distinct(Distinct distinct) {
        Answer left = isNull(distinct.left());
        Answer right = isNull(distinct.right());
        if (left == Answer.DEPENDS || right == Answer.DEPENDS) {
            return Answer.DEPENDS;
        }
        return left == right
                ? left == Answer.TRUE ? Answer.FALSE : not(compared("=", distinct.left(), distinct.right()))
                : Answer.TRUE;
    }

    private Answer tested(BooleanTest test) {
        Answer answer = of(test.argument());
        if (answer == Answer.DEPENDS) {
            return answer;
        }
        boolean holds = switch (test.kind()) {
            case IS_TRUE -> answer == Answer.TRUE;
            case IS_NOT_TRUE -> answer != Answer.TRUE;
            case IS_FALSE -> answer == Answer.FALSE;
            case IS_NOT_FALSE -> answer != Answer.FALSE;
            case IS_UNKNOWN -> answer == Answer.NULL;
            case IS_NOT_UNKNOWN -> answer != Answer.NULL;
        };
        return holds ? Answer.TRUE : Answer.FALSE;
    }

    private Answer chosen(Case choice) {
        for (Case.Branch branch : choice.branches()) {
            Answer when = of(branch.when());
            if (when == Answer.TRUE) {
                return of(branch.then());
            }
            if (when == Answer.DEPENDS) {
                List<Answer> results = Stream.concat(
                                choice.branches().stream().map(Case.Branch::then), Stream.of(choice.otherwise()))
                        .map(this::of)
                        .distinct()
                        .toList();
                return results.size() == 1 ? results.get(0) : Answer.DEPENDS;
            }
        }
        return of(choice.otherwise());
    }

    /** TRUE, FALSE or DEPENDS. */
    private Answer isNull(Expression value) {
        Expression core = value.core();
        if (core instanceof Constant constant) {
            return constant.isNull() ? Answer.TRUE : Answer.FALSE;
        }
        if (core instanceof Coalesce coalesce) {
            List<Answer> parts = coalesce.parts().stream().map(this::isNull).toList();
            return combined(parts, Answer.FALSE, Answer.TRUE);
        }
        if (core instanceof Expression.Column column) {
            return column.depth() == 0
                            && catalog.relation(column.table())
                                    .flatMap(t -> t.column(column.name()))
                                    .filter(Column::notNull)
                                    .isPresent()
                    ? Answer.FALSE
                    : Answer.DEPENDS;
        }
        if (caller == Caller.ANYBODY) {
            return Answer.DEPENDS;
        }
        List<Origin> origins = identities.of(core).toList();
        if (origins.isEmpty() || !origins.stream().allMatch(Origin::caller)) {
            return Answer.DEPENDS;
        }
        if (caller == Caller.NOBODY) {
            return Answer.TRUE;
        }
        // somebody who is logged in may have no row of their own yet
        return origins.stream().allMatch(o -> o.kind() == Origin.Kind.AUTH) ? Answer.FALSE : Answer.DEPENDS;
    }
}
