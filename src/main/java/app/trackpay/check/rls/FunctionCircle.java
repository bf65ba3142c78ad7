package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Expression.Case;
import app.trackpay.catalog.expression.Expression.Coalesce;
import app.trackpay.catalog.expression.Expression.Or;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Expressions.Body;
import app.trackpay.catalog.expression.Function;
import app.trackpay.catalog.expression.Query.Source;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Policies that lead back to their table through a function with the caller's rights. The server does not see it coming: the policies are asked
 * in the function anew, and so on until the stack is full.
 *
 * <p>Only what is certain to be evaluated counts. What stands behind an OR, in a CASE or beside another permissive policy may never be, and
 * many such functions work.
 */
final class FunctionCircle {

    /** One step of the way: a table, and the function that reads it where there is one. */
    record Look(QualifiedName table, Optional<Function> through) {}

    private static final Pattern STRINGS = Pattern.compile("'(?:[^']|'')*'");
    /** From here on a body may do otherwise. */
    private static final Pattern CHOICE =
            Pattern.compile("\\b(?:then|exception|loop|or|coalesce)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern READS = Pattern.compile(
            "\\b(?:from|join)\\s+(?:only\\s+)?(?:\"?(\\w+)\"?\\s*\\.\\s*)?\"?(\\w+)\"?(?!\\s*\\()",
            Pattern.CASE_INSENSITIVE);

    private final Catalog catalog;
    private final Privileges privileges;
    private final List<Asked> all;
    private final Optional<QualifiedName> helper;

    FunctionCircle(Plan plan, Catalog catalog, Privileges privileges, List<Asked> all) {
        this.catalog = catalog;
        this.privileges = privileges;
        this.all = all;
        // it has a check of its own
        this.helper = plan.identity().helper().map(ProvidedFunction::name);
    }

    /** The way from a policy back to its own table through a function; empty where there is none. */
    List<Look> of(Asked asked, String role) {
        Look start = new Look(asked.policy().table(), Optional.empty());
        if (!alone(asked, role)) {
            return List.of();
        }
        List<List<Look>> open = new ArrayList<>(List.of(List.of(start)));
        List<Look> seen = new ArrayList<>();
        while (!open.isEmpty()) {
            List<Look> path = open.remove(0);
            Stream<Asked> asking = path.size() == 1
                    ? Stream.of(asked)
                    : all.stream()
                            .filter(a -> a.policy()
                                    .table()
                                    .equals(path.get(path.size() - 1).table()))
                            .filter(a -> alone(a, role));
            for (Look next : asking.flatMap(a -> a.using().stream())
                    .flatMap(this::looks)
                    .filter(look -> catalog.relation(look.table())
                            .filter(Relation::rowSecurity)
                            .isPresent())
                    .distinct()
                    .toList()) {
                List<Look> longer =
                        Stream.concat(path.stream(), Stream.of(next)).toList();
                if (next.table().equals(start.table())
                        && longer.stream().anyMatch(look -> look.through().isPresent())) {
                    return longer;
                }
                if (!next.table().equals(start.table()) && !seen.contains(next)) {
                    seen.add(next);
                    open.add(longer);
                }
            }
        }
        return List.of();
    }

    /** Whether a policy is asked of every row that the role reads: restrictive, or the only one that lets rows through. */
    private boolean alone(Asked asked, String role) {
        return isRead(asked, role)
                && (!asked.policy().permissive()
                        || all.stream()
                                .filter(other -> other.policy()
                                                .table()
                                                .equals(asked.policy().table())
                                        && other.policy().permissive()
                                        && isRead(other, role))
                                .allMatch(asked::equals));
    }

    private boolean isRead(Asked asked, String role) {
        return asked.isFor(Command.SELECT) && asked.apiRoles(privileges).contains(role);
    }

    /** What is certain to be looked into when a condition is evaluated. */
    private Stream<Look> looks(Expression condition) {
        Expression core = condition.core();
        if (core instanceof Or || core instanceof Case || core instanceof Coalesce) {
            return Stream.empty();
        }
        if (core instanceof SubSelect sub) {
            return sub.query().reads().map(table -> new Look(table, Optional.empty()));
        }
        Stream<Look> inside = core.parts().stream().flatMap(this::looks);
        return core instanceof Call call
                ? Stream.concat(inside, reads(call.function()).map(t -> new Look(t, Optional.of(call.function()))))
                : inside;
    }

    private Stream<QualifiedName> reads(Function function) {
        if (function.securityDefiner() || helper.filter(function.name()::equals).isPresent()) {
            return Stream.empty();
        }
        Optional<Body> parsed = catalog.expressions().body(function);
        if (parsed.isPresent()) {
            return parsed.orElseThrow().statements().stream()
                    .flatMap(statement -> statement.sources().stream())
                    .flatMap(source ->
                            source instanceof Source.Relation relation ? Stream.of(relation.name()) : Stream.empty());
        }
        return function.language().equals("sql") || function.language().equals("plpgsql")
                ? written(function)
                : Stream.empty();
    }

    /** Of a body that is kept as text. */
    private Stream<QualifiedName> written(Function function) {
        String code = STRINGS.matcher(SourceText.code(function.body())).replaceAll("''");
        Matcher choice = CHOICE.matcher(code);
        Matcher reads = READS.matcher(choice.find() ? code.substring(0, choice.start()) : code);
        return reads.results()
                .flatMap(found -> catalog.relations().stream()
                        .map(Relation::name)
                        .filter(name -> name.name().equalsIgnoreCase(found.group(2)))
                        .filter(name -> found.group(1) == null
                                ? name.schema().equals(function.name().schema())
                                : name.schema().equalsIgnoreCase(found.group(1))));
    }
}
