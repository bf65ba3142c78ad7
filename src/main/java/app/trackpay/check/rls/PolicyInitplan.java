package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.catalog.expression.Expression.Derived;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Expression.WholeRow;
import app.trackpay.catalog.expression.Function;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.identity.Identities;
import app.trackpay.check.identity.Origin;
import app.trackpay.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks who the caller is once for each row. In a sub-select of its own, {@code (SELECT auth.uid())}, it is asked once for the whole query.
 *
 * <p>Only USING is looked at: WITH CHECK meets the few rows that are written.
 */
public final class PolicyInitplan implements Check {

    @Override
    public String id() {
        return "policy-initplan";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Identities identities = new Identities(plan, catalog);
        return Asked.of(plan, catalog)
                .flatMap(asked -> asked.using().stream().flatMap(using -> {
                    List<Call> all = new ArrayList<>();
                    collect(using, identities, all);
                    // in the place of a wrong id something else is to be asked anyway, and once
                    Set<Expression> wrong = Mismatch.callers(using, identities);
                    List<Call> bare =
                            all.stream().filter(call -> !wrong.contains(call)).toList();
                    return bare.isEmpty() ? Stream.empty() : Stream.of(finding(asked, using, bare));
                }));
    }

    private Finding finding(Asked asked, Expression using, List<Call> bare) {
        List<Function> functions = bare.stream().map(Call::function).distinct().toList();
        Finding finding = asked.finding(
                id(),
                Severity.WARNING,
                functions.stream().map(Function::signature).collect(Collectors.joining(" and "))
                        + " is called once for every row that is looked at, though its answer is the same for the whole"
                        + " query",
                "put it in a sub-select of its own, which is evaluated once: (SELECT "
                        + functions.get(0).name().sql() + "())");
        Optional<String> text = asked.policy().using();
        for (Function function : functions) {
            List<Expression> calls = bare.stream()
                    .filter(call -> call.function().equals(function))
                    .<Expression>map(call -> call)
                    .toList();
            String call = function.name().sql() + "()";
            text = text.flatMap(
                    before -> Rewriting.of(before, List.of(using), function, calls, any -> "(SELECT " + call + ")"));
        }
        return text.map(repaired -> finding.repairedBy(asked.alter(Optional.of(repaired), Optional.empty())))
                .orElse(finding);
    }

    /** The calls that are evaluated again for each row: not in a sub-query that does not look at the row. */
    private static void collect(Expression expression, Identities identities, List<Call> bare) {
        if (expression instanceof Call call && asksWho(call, identities)) {
            bare.add(call);
        } else if (expression instanceof SubSelect sub) {
            sub.test().ifPresent(test -> collect(test, identities, bare));
            if (isCorrelated(sub)) {
                sub.query().expressions().forEach(e -> collect(e, identities, bare));
            }
        } else {
            expression.parts().forEach(part -> collect(part, identities, bare));
        }
    }

    private static boolean asksWho(Call call, Identities identities) {
        Function function = call.function();
        return call.arguments().isEmpty()
                && (function.name().schema().equals("auth")
                        || identities.function(function).filter(Origin::caller).isPresent());
    }

    private static boolean isCorrelated(SubSelect sub) {
        return sub.query()
                .expressions()
                .flatMap(Expression::everything)
                .anyMatch(e -> e instanceof Column column && column.depth() == 0
                        || e instanceof WholeRow row && row.depth() == 0
                        || e instanceof Derived derived
                                && derived.origins().stream().anyMatch(o -> o instanceof Column c && c.depth() == 0));
    }
}
