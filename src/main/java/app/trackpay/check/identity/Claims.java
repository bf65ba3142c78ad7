package app.trackpay.check.identity;

import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Expression.Constant;
import app.trackpay.catalog.expression.Expression.Element;
import app.trackpay.catalog.expression.Expression.Elements;
import app.trackpay.catalog.expression.Expression.NullIf;
import app.trackpay.catalog.expression.Expression.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an expression takes from the token of the request, however it gets at it. */
public final class Claims {

    private static final String SETTING = "request.jwt.claim.";

    private Claims() {}

    /** The keys that lead to the value in the token, the outermost first; no key is the whole token. Empty for any other value. */
    public static Optional<List<String>> path(Expression expression) {
        Expression core = expression.core();
        if (core instanceof Call call) {
            return called(call);
        }
        if (core instanceof Operation operation && operation.operands().size() == 2) {
            boolean oneKey = operation.operator().isAnyOf("->", "->>");
            return oneKey || operation.operator().isAnyOf("#>", "#>>")
                    ? inside(operation.operands().get(0), operation.operands().subList(1, 2))
                    : Optional.empty();
        }
        if (core instanceof Element element) {
            return inside(element.container(), element.subscripts());
        }
        return core instanceof NullIf nullIf ? path(nullIf.value()) : Optional.empty();
    }

    private static Optional<List<String>> called(Call call) {
        if (call.function().is("auth", "jwt")) {
            return Optional.of(List.of());
        }
        List<Expression> arguments = call.arguments();
        if (call.function().is("pg_catalog", "current_setting")) {
            return constants(arguments.get(0)).findFirst().flatMap(Claims::ofSetting);
        }
        boolean extracts = call.function().name().schema().equals("pg_catalog")
                && call.function().name().name().matches("jsonb?_extract_path(_text)?");
        return extracts ? inside(arguments.get(0), arguments.subList(1, arguments.size())) : Optional.empty();
    }

    private static Optional<List<String>> ofSetting(String name) {
        if (name.equals("request.jwt.claims")) {
            return Optional.of(List.of());
        }
        return name.startsWith(SETTING) ? Optional.of(List.of(name.substring(SETTING.length()))) : Optional.empty();
    }

    private static Optional<List<String>> inside(Expression container, List<Expression> keys) {
        return path(container).map(outer -> {
            List<String> path = new ArrayList<>(outer);
            keys.stream().flatMap(Claims::constants).forEach(path::add);
            return List.copyOf(path);
        });
    }

    private static Stream<String> constants(Expression expression) {
        Expression core = expression.core();
        if (core instanceof Elements elements) {
            return elements.parts().stream().flatMap(Claims::constants);
        }
        return core instanceof Constant constant ? constant.value().stream() : Stream.empty();
    }
}
