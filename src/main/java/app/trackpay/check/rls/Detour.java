package app.trackpay.check.rls;

import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.And;
import app.trackpay.catalog.expression.Expression.Operation;
import app.trackpay.catalog.expression.Expression.Or;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Query;
import app.trackpay.check.Sql;
import app.trackpay.check.identity.Identities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes a policy out of a circle. What it asks other tables goes into a function that runs with its owner's rights, past their policies. That
 * opens nothing more as long as each look is at rows of the caller; where it is not, the policies it went through were all that held it back,
 * and the policy goes instead.
 *
 * @param looks whether an expression reads, with the caller's rights, a table under row level security
 * @param callers the API roles there are
 */
record Detour(Identities identities, Predicate<Expression> looks, Collection<String> callers) {

    /** What answers otherwise to the owner of a function than to who calls it. */
    private static final Pattern WHO_RUNS = Pattern.compile(
            "\\b(current_user|session_user|current_role|pg_has_role|has_\\w+_privilege)\\b", Pattern.CASE_INSENSITIVE);

    /** Whether the policy can go on asking what it asks. */
    boolean keeps(Asked asked) {
        return around(asked).isPresent();
    }

    /** SQL after which the policy looks into no table; running it twice does no harm. */
    String of(Asked asked) {
        return around(asked)
                .orElseGet(() -> asked.policy().permissive()
                        ? "DROP POLICY IF EXISTS " + PolicyText.on(asked.policy()) + ";"
                        : asked.alter(
                                asked.using().map(any -> "false"), asked.check().map(any -> "false")));
    }

    private Optional<String> around(Asked asked) {
        List<String> functions = new ArrayList<>();
        Optional<Optional<String>> using =
                around(asked, asked.using(), asked.policy().using(), "_rows", functions);
        Optional<Optional<String>> check =
                around(asked, asked.check(), asked.policy().withCheck(), "_new_rows", functions);
        return using.isPresent() && check.isPresent() && !functions.isEmpty()
                ? Optional.of(String.join(" ", functions) + " " + asked.alter(using.get(), check.get()))
                : Optional.empty();
    }

    /** The condition with a call in place of what looks into tables: itself empty where there is none, empty where there is no way round. */
    private Optional<Optional<String>> around(
            Asked asked, Optional<Expression> condition, Optional<String> text, String suffix, List<String> functions) {
        if (condition.isEmpty() || text.isEmpty()) {
            return Optional.of(Optional.empty());
        }
        List<Expression> parts = condition.get().core() instanceof Or or ? or.parts() : List.of(condition.get());
        List<String> texts = parts.size() == 1 ? List.of(text.get()) : PolicyText.parts(text.get(), "OR");
        if (texts.size() != parts.size()) {
            return Optional.empty();
        }
        List<String> kept = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            (looks.test(parts.get(i)) ? moved : kept).add("(" + texts.get(i) + ")");
            if (looks.test(parts.get(i)) && !isCallers(parts.get(i))) {
                return Optional.empty();
            }
        }
        String body = String.join(" OR ", moved);
        if (moved.isEmpty() || WHO_RUNS.matcher(body).find() || body.contains("$rows$")) {
            return moved.isEmpty() ? Optional.of(Optional.empty()) : Optional.empty();
        }
        QualifiedName table = asked.policy().table();
        QualifiedName function =
                new QualifiedName(table.schema(), asked.policy().name() + suffix);
        functions.add(function(function, table, body, asked.policy().roles()));
        kept.add(function.sql() + "(" + Identifier.quote(table.name()) + ".*)");
        return Optional.of(Optional.of(String.join(" OR ", kept)));
    }

    private String function(QualifiedName name, QualifiedName table, String body, List<String> roles) {
        String signature = name.sql() + "(" + table.sql() + ")";
        return "CREATE OR REPLACE FUNCTION " + signature
                + " RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $rows$ SELECT " + body
                + " FROM (SELECT ($1).*) AS " + Identifier.quote(table.name()) + " $rows$; REVOKE ALL ON FUNCTION "
                + signature + " FROM "
                + Sql.roles(Stream.concat(Stream.of("PUBLIC"), callers.stream()).toList())
                + "; GRANT EXECUTE ON FUNCTION "
                + signature + " TO " + Sql.roles(roles) + ";";
    }

    /** Whether each of its looks is one at rows of the caller. */
    private boolean isCallers(Expression part) {
        List<SubSelect> selects = part.everything()
                .flatMap(e -> e instanceof SubSelect sub && looks.test(sub) ? Stream.of(sub) : Stream.empty())
                .toList();
        return !selects.isEmpty() && selects.stream().allMatch(sub -> isCallers(sub.query()));
    }

    /** Whether only rows that name the caller count. */
    private boolean isCallers(Query query) {
        return query.branches().isEmpty()
                ? query.conditions().stream().anyMatch(this::namesCaller)
                : query.branches().stream().allMatch(this::isCallers);
    }

    private boolean namesCaller(Expression condition) {
        Expression core = condition.core();
        if (core instanceof And and) {
            return and.parts().stream().anyMatch(this::namesCaller);
        }
        if (core instanceof Or or) {
            return or.parts().stream().allMatch(this::namesCaller);
        }
        return core instanceof Operation equality
                && equality.operator().isAnyOf("=")
                && equality.operands().stream().anyMatch(identities::isCaller);
    }
}
