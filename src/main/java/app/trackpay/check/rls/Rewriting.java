package app.trackpay.check.rls;

import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Function;
import app.trackpay.check.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Puts something else in the place of calls without arguments, in the text that the server deparsed. Calls are told apart by their order,
 * which is the same in text and tree; where the two do not agree on their number there is no rewriting.
 */
final class Rewriting {

    private Rewriting() {}

    /**
     * The text with the call's replacement.
     *
     * @param meant the very calls to replace, by identity
     * @param replacement what to write behind the text that stands before a call
     */
    static Optional<String> of(
            String text,
            List<Expression> expressions,
            Function function,
            List<Expression> meant,
            UnaryOperator<String> replacement) {
        Set<Expression> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(meant);
        List<Expression> calls = expressions.stream()
                .flatMap(Expression::everything)
                .filter(e -> e instanceof Call call && call.function().equals(function))
                .toList();
        String written = function.name().sql() + "()";
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + 1)) {
            places.add(at);
        }
        if (places.size() != calls.size()) {
            return Optional.empty();
        }
        StringBuilder rewritten = new StringBuilder(text);
        for (int i = places.size() - 1; i >= 0; i--) {
            if (wanted.contains(calls.get(i))) {
                int place = places.get(i);
                rewritten.replace(place, place + written.length(), replacement.apply(text.substring(0, place)));
            }
        }
        return Optional.of(rewritten.toString());
    }

    /**
     * A statement that writes something else for a call in the parsed body of a function, wherever it stands there. Without a search_path the
     * server gives every name its schema.
     */
    static String body(String function, String call, String replacement) {
        return "DO $$ DECLARE path text := pg_catalog.current_setting('search_path'); BEGIN PERFORM"
                + " pg_catalog.set_config('search_path', '', true); EXECUTE pg_catalog.replace(pg_catalog.pg_get_functiondef("
                + function + "), " + Sql.literal(call) + ", " + Sql.literal(replacement)
                + "); PERFORM pg_catalog.set_config('search_path', path, true); END $$;";
    }
}
