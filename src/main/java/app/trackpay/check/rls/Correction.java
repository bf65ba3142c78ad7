package app.trackpay.check.rls;

import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Function;
import app.trackpay.check.identity.Identities;
import app.trackpay.check.identity.Origin.Kind;
import app.trackpay.plan.Plan;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts the caller's other id where the wrong one stands. */
record Correction(List<Mismatch> mismatches, Plan plan, Identities identities) {

    /** How the server writes the ways to the login in the token. */
    private static final Pattern SUBJECT = Pattern.compile("\\(auth\\.jwt\\(\\) ->> 'sub'::text\\)"
            + "|\\(\\(current_setting\\('request\\.jwt\\.claims'::text(?:, true)?\\)\\)::jsonb? ->> 'sub'::text\\)"
            + "|current_setting\\('request\\.jwt\\.claim\\.sub'::text(?:, true)?\\)");

    /** The text without a mismatch; empty where one of them cannot be mended so. */
    Optional<String> of(String text, List<Expression> expressions) {
        if (!mismatches.stream()
                .allMatch(m -> replacement(m).isPresent()
                        && (wrong(m).findAny().isPresent()
                                || subjects(m).findAny().isPresent()))) {
            return Optional.empty();
        }
        Optional<String> result = withoutSubjects(text, expressions);
        for (Function function : mismatches.stream()
                .flatMap(this::wrong)
                .map(Call::function)
                .distinct()
                .toList()) {
            List<Expression> calls = mismatches.stream()
                    .flatMap(this::wrong)
                    .filter(call -> call.function().equals(function))
                    .<Expression>map(call -> call)
                    .toList();
            Kind now = identities.function(function).orElseThrow().kind();
            String right = caller(other(now)).orElseThrow();
            result = result.flatMap(
                    before -> Rewriting.of(before, expressions, function, calls, behind -> askedOnce(behind, right)));
        }
        return result;
    }

    /** In a sub-select of its own, where it is not in one: else it is asked for every row. */
    private static String askedOnce(String behind, String call) {
        return behind.endsWith("SELECT ") ? call : "(SELECT " + call + ")";
    }

    /** What to write for what in a text in which every call of a function, and nothing else, is wrong. */
    Optional<Map.Entry<String, String>> everywhere(List<Expression> expressions) {
        Set<Expression> wrong = Collections.newSetFromMap(new IdentityHashMap<>());
        mismatches.stream().flatMap(this::wrong).forEach(wrong::add);
        List<Function> functions =
                wrong.stream().map(call -> ((Call) call).function()).distinct().toList();
        boolean all = mismatches.stream().allMatch(m -> wrong(m).findAny().isPresent()) && functions.size() == 1;
        long calls = expressions.stream()
                .flatMap(Expression::everything)
                .filter(e -> e instanceof Call call && functions.contains(call.function()))
                .count();
        return all && wrong.size() == calls
                ? caller(other(identities
                                .function(functions.get(0))
                                .orElseThrow()
                                .kind()))
                        .map(right -> Map.entry(functions.get(0).name().sql() + "()", right))
                : Optional.empty();
    }

    /** The text with the helper in the place of the token's own login, where that is read in one of the usual ways and always wrong. */
    private Optional<String> withoutSubjects(String text, List<Expression> expressions) {
        Set<Expression> wrong = Collections.newSetFromMap(new IdentityHashMap<>());
        mismatches.stream().flatMap(this::subjects).forEach(wrong::add);
        List<Expression> read = expressions.stream()
                .flatMap(Expression::everything)
                .filter(Mismatch::isSubject)
                .toList();
        if (read.stream().noneMatch(wrong::contains)) {
            return Optional.of(text);
        }
        Matcher written = SUBJECT.matcher(text);
        return wrong.containsAll(read) && written.results().count() == read.size()
                ? caller(Kind.INTERNAL)
                        .map(helper ->
                                written.reset().replaceAll(Matcher.quoteReplacement("(SELECT " + helper + ")::text")))
                : Optional.empty();
    }

    private Stream<Expression> subjects(Mismatch mismatch) {
        return mismatch.wanted().filter(Kind.INTERNAL::equals).stream().flatMap(kind -> mismatch.subjects());
    }

    private Optional<String> replacement(Mismatch mismatch) {
        return mismatch.wanted().flatMap(this::caller);
    }

    private Optional<String> caller(Kind kind) {
        return kind == Kind.AUTH
                ? Optional.of("auth.uid()")
                : plan.identity()
                        .helper()
                        .filter(helper -> helper.argumentTypes().isEmpty())
                        .map(helper -> helper.name().sql() + "()");
    }

    private Stream<Call> wrong(Mismatch mismatch) {
        return mismatch.wanted().stream()
                .flatMap(kind -> mismatch.callers(other(kind), identities))
                .map(Call.class::cast);
    }

    private static Kind other(Kind kind) {
        return kind == Kind.AUTH ? Kind.INTERNAL : Kind.AUTH;
    }
}
