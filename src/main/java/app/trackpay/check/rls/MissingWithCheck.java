package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.identity.Identities;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A WITH CHECK that lets through what USING would not: a row can be given to somebody else, or made in their name.
 *
 * <p>Without any WITH CHECK PostgreSQL holds new rows against USING, so leaving it out is in order.
 */
public final class MissingWithCheck implements Check {

    @Override
    public String id() {
        return "missing-with-check";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Identities identities = new Identities(plan, catalog);
        Privileges privileges = new Privileges(catalog);
        List<Asked> all = Asked.of(plan, catalog).toList();
        return all.stream()
                .filter(asked -> asked.policy().permissive() && asked.isFor(Command.UPDATE))
                .filter(asked -> asked.using().isPresent() && asked.check().isPresent())
                .filter(asked -> weaker(asked, all, identities))
                .filter(asked -> asked.apiRoles(privileges).stream()
                        .anyMatch(role -> canWrite(role, asked, identities, privileges)))
                .map(asked -> asked.finding(
                                id(),
                                Severity.ERROR,
                                "WITH CHECK lets rows pass that USING would not: a user can "
                                        + (asked.policy().command() == Command.ALL
                                                ? "give a row away, or make one in somebody else's name"
                                                : "give a row of their own to somebody else"),
                                "let WITH CHECK ask at least what USING asks of the owner")
                        .repairedBy(asked.alter(Optional.empty(), asked.policy().using())));
    }

    private static boolean weaker(Asked asked, List<Asked> all, Identities identities) {
        Implication owner = new Implication(identities);
        List<Expression> restrictive = all.stream()
                .filter(other -> !other.policy().permissive()
                        && other.policy().table().equals(asked.policy().table())
                        && other.isFor(Command.UPDATE))
                .filter(other -> other.policy().roles().contains("PUBLIC")
                        || other.policy().roles().containsAll(asked.policy().roles()))
                .flatMap(other -> other.written().stream())
                .toList();
        Expression check =
                new Expression.And(Stream.concat(Stream.of(asked.check().orElseThrow()), restrictive.stream())
                        .toList());
        return !owner.follows(check, asked.using().orElseThrow());
    }

    /** Whether the role may write one of the columns that say whose row it is. */
    private static boolean canWrite(String role, Asked asked, Identities identities, Privileges privileges) {
        List<String> writes = asked.policy().command() == Command.ALL ? List.of("UPDATE", "INSERT") : List.of("UPDATE");
        return asked.using().stream()
                .flatMap(using -> new Implication(identities).bindings(using))
                .flatMap(Expression::everything)
                .flatMap(e -> e instanceof Column column && column.depth() == 0 ? Stream.of(column) : Stream.empty())
                .map(column -> new ColumnName(column.table(), column.name()))
                .anyMatch(column -> writes.stream().anyMatch(p -> privileges.onColumn(role, column, p)));
    }
}
