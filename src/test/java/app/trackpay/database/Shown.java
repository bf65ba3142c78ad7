package app.trackpay.database;

import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.And;
import app.trackpay.catalog.expression.Expression.ArrayComparison;
import app.trackpay.catalog.expression.Expression.BooleanTest;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Expression.Case;
import app.trackpay.catalog.expression.Expression.Cast;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.catalog.expression.Expression.Constant;
import app.trackpay.catalog.expression.Expression.Derived;
import app.trackpay.catalog.expression.Expression.NullTest;
import app.trackpay.catalog.expression.Expression.Operation;
import app.trackpay.catalog.expression.Expression.Or;
import app.trackpay.catalog.expression.Expression.Parameter;
import app.trackpay.catalog.expression.Expression.SessionValue;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Expression.Unknown;
import app.trackpay.catalog.expression.Query;
import app.trackpay.catalog.expression.Query.Source;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Expressions in a short form for tests: everything that was resolved, and nothing of how SQL wrote it. */
final class Shown {

    private Shown() {}

    static String of(Expression e) {
        if (e instanceof Column column) {
            return column.table().name() + "." + column.name() + "@" + column.depth();
        }
        if (e instanceof Derived derived) {
            return "<" + derived.column() + ": " + all(derived.origins()) + ">";
        }
        if (e instanceof Call call) {
            return call.function().name() + "(" + all(call.arguments()) + ")";
        }
        if (e instanceof Operation operation) {
            return "(" + operation.operator().name() + " " + all(operation.operands()) + ")";
        }
        if (e instanceof Constant constant) {
            return constant.isNull() ? "null" : constant.type() + constant.value();
        }
        if (e instanceof Cast cast) {
            return of(cast.argument()) + "::" + cast.type();
        }
        if (e instanceof SubSelect sub) {
            return sub.kind() + "[" + sub.test().map(t -> of(t) + " of ").orElse("") + of(sub.query()) + "]";
        }
        if (e instanceof ArrayComparison array) {
            return "(" + array.operator().name() + (array.any() ? " any " : " all ") + all(array.parts()) + ")";
        }
        if (e instanceof Case choice) {
            return "case("
                    + choice.branches().stream()
                            .map(b -> of(b.when()) + " -> " + of(b.then()))
                            .collect(Collectors.joining(", "))
                    + " else " + of(choice.otherwise()) + ")";
        }
        if (e instanceof NullTest test) {
            return "(" + of(test.argument()) + (test.isNull() ? " is null)" : " is not null)");
        }
        if (e instanceof BooleanTest test) {
            return "(" + of(test.argument()) + " " + test.kind().name().toLowerCase(Locale.ROOT) + ")";
        }
        if (e instanceof SessionValue value) {
            return value.name();
        }
        if (e instanceof Parameter parameter) {
            return "$" + parameter.number();
        }
        if (e instanceof Unknown unknown) {
            return "UNKNOWN " + unknown.what();
        }
        String kind = e instanceof And
                ? "and"
                : e instanceof Or ? "or" : e.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return kind + "(" + all(e.parts()) + ")";
    }

    static String of(Query query) {
        if (!query.branches().isEmpty()) {
            return query.branches().stream().map(Shown::of).collect(Collectors.joining(" | "));
        }
        StringBuilder shown = new StringBuilder();
        query.common().forEach(c -> shown.append("with ").append(c.name()).append(" "));
        shown.append(query.command().name().toLowerCase(Locale.ROOT)).append(' ');
        shown.append(all(query.outputs().stream().map(Query.Output::value).toList()));
        query.assignments()
                .forEach(a -> shown.append(" ").append(a.column()).append(":=").append(of(a.value())));
        if (!query.sources().isEmpty()) {
            shown.append(" from ")
                    .append(query.sources().stream().map(Shown::of).collect(Collectors.joining(", ")));
        }
        if (!query.conditions().isEmpty()) {
            shown.append(" where ").append(all(query.conditions()));
        }
        if (!query.others().isEmpty()) {
            shown.append(" also ").append(all(query.others()));
        }
        return shown.toString().replace("  ", " ").strip();
    }

    private static String of(Source source) {
        if (source instanceof Source.Relation relation) {
            return relation.name().name();
        }
        if (source instanceof Source.Nested nested) {
            return "[" + of(nested.query()) + "]";
        }
        if (source instanceof Source.Computed computed) {
            return "computed(" + all(computed.expressions()) + ")";
        }
        return source.alias();
    }

    private static String all(List<Expression> expressions) {
        return expressions.stream().map(Shown::of).collect(Collectors.joining(", "));
    }
}
