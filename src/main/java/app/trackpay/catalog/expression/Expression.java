package app.trackpay.catalog.expression;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A condition or value as the server understood it: every name in it is resolved. */
public sealed interface Expression {

    /** What it is made of, left to right; sub-queries count with all that is in them. */
    default List<Expression> parts() {
        return List.of();
    }

    /** This expression and everything in it, in the order in which SQL writes it. */
    default Stream<Expression> everything() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(Expression::everything));
    }

    /** The expression itself, where it is wrapped in type conversions, collations or a sub-select of nothing else. */
    default Expression core() {
        return this;
    }

    /**
     * A column of a table or view.
     *
     * @param alias what the query calls the table
     * @param depth 0 in a policy: of the row it is asked about; else how deep the query lies that reads the table
     */
    record Column(QualifiedName table, String name, String alias, int depth) implements Expression {}

    /**
     * A column of what a sub-query, a CTE, a VALUES list or a function gives.
     *
     * @param origins what it comes from, one for each way
     */
    record Derived(String relation, String column, List<Expression> origins, int depth) implements Expression {}

    /** A whole row of a table or sub-query. */
    record WholeRow(String alias, int depth) implements Expression {}

    /** A function call. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        @Override
        public List<Expression> parts() {
            return arguments;
        }
    }

    /** An operator between its operands. */
    record Operation(Operator operator, List<Expression> operands) implements Expression {
        @Override
        public List<Expression> parts() {
            return operands;
        }
    }

    /** All of them. */
    record And(List<Expression> parts) implements Expression {}

    /** At least one of them. */
    record Or(List<Expression> parts) implements Expression {}

    /** Not. */
    record Not(Expression argument) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(argument);
        }
    }

    /**
     * A constant.
     *
     * @param value its text; an array's elements; empty for NULL and for types nobody asks about
     */
    record Constant(String type, boolean isNull, List<String> value) implements Expression {

        /** Its text, where it is a single one. */
        public Optional<String> text() {
            return value.size() == 1 && !type.endsWith("[]") ? Optional.of(value.get(0)) : Optional.empty();
        }
    }

    /** Another type or collation of the same value. */
    record Cast(Expression argument, String type) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(argument);
        }

        @Override
        public Expression core() {
            return argument.core();
        }
    }

    /**
     * A query inside of an expression.
     *
     * @param test what ANY and ALL compare, in which the query's columns stand as {@link Derived}
     */
    record SubSelect(Kind kind, Optional<Expression> test, Query query) implements Expression {

        /** What is asked of the query. */
        public enum Kind {
            EXISTS,
            ALL,
            ANY,
            ROW,
            VALUE,
            ARRAY
        }

        @Override
        public List<Expression> parts() {
            return Stream.concat(test.stream(), query.expressions()).toList();
        }

        /** {@code (SELECT x)}, which is x. */
        @Override
        public Expression core() {
            return kind == Kind.VALUE && query.isBareValue()
                    ? query.outputs().get(0).value().core()
                    : this;
        }
    }

    /**
     * A value against the elements of an array.
     *
     * @param any ANY, else ALL
     */
    record ArrayComparison(Operator operator, boolean any, Expression value, Expression array) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(value, array);
        }
    }

    /** {@code ARRAY[a, b]}, and the list of IN. */
    record Elements(List<Expression> parts) implements Expression {}

    /** {@code CASE}; {@code CASE a WHEN b} stands as {@code CASE WHEN a = b}. */
    record Case(List<Branch> branches, Expression otherwise) implements Expression {

        /** One WHEN. */
        public record Branch(Expression when, Expression then) {}

        @Override
        public List<Expression> parts() {
            return Stream.concat(branches.stream().flatMap(b -> Stream.of(b.when(), b.then())), Stream.of(otherwise))
                    .toList();
        }
    }

    /** The first that is not null. */
    record Coalesce(List<Expression> parts) implements Expression {}

    /** GREATEST or LEAST. */
    record Extreme(List<Expression> parts) implements Expression {}

    /** The value, or null when it equals the other. */
    record NullIf(Expression value, Expression other) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(value, other);
        }
    }

    /**
     * IS NULL or IS NOT NULL.
     *
     * @param isNull IS NULL
     */
    record NullTest(Expression argument, boolean isNull) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(argument);
        }
    }

    /** IS TRUE and its kin. */
    record BooleanTest(Expression argument, Kind kind) implements Expression {

        /** In the server's order. */
        public enum Kind {
            IS_TRUE,
            IS_NOT_TRUE,
            IS_FALSE,
            IS_NOT_FALSE,
            IS_UNKNOWN,
            IS_NOT_UNKNOWN
        }

        @Override
        public List<Expression> parts() {
            return List.of(argument);
        }
    }

    /** IS DISTINCT FROM; with NOT around it, IS NOT DISTINCT FROM. */
    record Distinct(Expression left, Expression right) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(left, right);
        }
    }

    /** Rows compared by order; equality of rows stands as an AND. */
    record RowComparison(List<Expression> left, List<Expression> right) implements Expression {
        @Override
        public List<Expression> parts() {
            return Stream.concat(left.stream(), right.stream()).toList();
        }
    }

    /** {@code ROW(a, b)}. */
    record RowValue(List<Expression> parts) implements Expression {}

    /** An argument of the function in whose body it stands, from 1. */
    record Parameter(long number, String type) implements Expression {}

    /** An aggregate or a window function. */
    record Aggregate(Function function, List<Expression> parts) implements Expression {}

    /** {@code current_user}, {@code current_date} and their kin, in small letters. */
    record SessionValue(String name) implements Expression {}

    /** An element or a slice of an array, or a member of a jsonb value. */
    record Element(Expression container, List<Expression> subscripts) implements Expression {
        @Override
        public List<Expression> parts() {
            return Stream.concat(Stream.of(container), subscripts.stream()).toList();
        }
    }

    /** A field of a row. */
    record Field(Expression row, int number) implements Expression {
        @Override
        public List<Expression> parts() {
            return List.of(row);
        }
    }

    /**
     * Something whose parts matter and whose own meaning does not: an XML or JSON constructor, GROUPING.
     *
     * @param what the server's name for it
     */
    record Construct(String what, List<Expression> parts) implements Expression {}

    /**
     * Something that is not understood: who meets it cannot say that all is well.
     *
     * @param what the server's name for it, or why it could not be read
     */
    record Unknown(String what) implements Expression {}
}
