package app.trackpay.check.rls;

import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Function;
import app.trackpay.check.identity.Identities;
import app.trackpay.check.identity.Origin.Kind;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the caller's other id where the wrong one stands. */
record Correction(List<Mismatch> mismatches, Plan plan, Identities identities) {

    /** The text without a mismatch; empty where one of them cannot be mended so. */
    Optional<String> of(String text, List<Expression> expressions) {
        if (!mismatches.stream()
                .allMatch(m -> replacement(m).isPresent() && wrong(m).findAny().isPresent())) {
            return Optional.empty();
        }
        Optional<String> result = Optional.of(text);
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
            result = result.flatMap(before -> Rewriting.of(
                    before, expressions, function, calls, caller(other(now)).orElseThrow()));
        }
        return result;
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
