package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.catalog.expression.Expression.Operation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.identity.Identities;
import app.trackpay.check.identity.Truth;
import app.trackpay.check.identity.Truth.Answer;
import app.trackpay.check.identity.Truth.Caller;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A permissive policy whose condition every row passes: policies are ORed, so all the others are worth nothing.
 *
 * <p>Of the others, one whose sub-query compares a column with itself is told as well: it asks nothing of the row.
 *
 * <p>Not where a restrictive policy for the same command holds the rows back, and not for reading what the plan declares public.
 */
public final class PolicyAlwaysTrue implements Check {

    @Override
    public String id() {
        return "policy-always-true";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Identities identities = new Identities(plan, catalog);
        Privileges privileges = new Privileges(catalog);
        List<Asked> all = Asked.withPlatform(plan, catalog).toList();
        return all.stream().filter(asked -> asked.policy().permissive()).flatMap(asked -> {
            List<String> roles = asked.apiRoles(privileges);
            Optional<Command> open = openFor(asked, catalog, identities)
                    .filter(command -> command != Command.SELECT
                            || !plan.assumed()
                                    .publicRead()
                                    .contains(asked.policy().table()))
                    .filter(command -> !heldBack(all, asked, command));
            if (roles.isEmpty()) {
                return Stream.empty();
            }
            return open.map(command -> Stream.of(finding(asked, command, roles, privileges)))
                    .orElseGet(() -> slip(asked).map(name -> slip(asked, name)).stream());
        });
    }

    /** A column of a sub-query that is held against itself, where the name meant that of the row outside. */
    private static Optional<String> slip(Asked asked) {
        return asked.conditions()
                .flatMap(Expression::everything)
                .flatMap(e -> e instanceof Operation operation
                                && operation.operator().isAnyOf("=")
                                && operation.operands().get(0) instanceof Column column
                                && column.depth() > 0
                                && column.equals(operation.operands().get(1))
                        ? Stream.of(column.alias() + "." + column.name())
                        : Stream.empty())
                .findFirst();
    }

    private Finding slip(Asked asked, String column) {
        String outer = asked.policy().table().name();
        return asked.finding(
                id(),
                Severity.WARNING,
                "its sub-query compares " + column
                        + " with itself: a bare name in a sub-query is the sub-query's own column"
                        + " where it has one, so the sub-query looks at every row, whatever the row of " + outer
                        + " is",
                "name the table of the column that is meant, which most likely is " + outer);
    }

    /** The command for which every row passes, the worst first. */
    private static Optional<Command> openFor(Asked asked, Catalog catalog, Identities identities) {
        boolean using =
                asked.using().filter(e -> always(e, catalog, identities)).isPresent();
        boolean check =
                asked.check().filter(e -> always(e, catalog, identities)).isPresent();
        return switch (asked.policy().command()) {
            case INSERT -> Optional.of(Command.INSERT).filter(any -> check);
            case ALL ->
                Optional.of(asked.check().isPresent() && !check ? Command.DELETE : Command.ALL)
                        .filter(any -> using);
            default -> Optional.of(asked.policy().command()).filter(any -> using);
        };
    }

    private static boolean always(Expression condition, Catalog catalog, Identities identities) {
        return Stream.of(Caller.ANYBODY, Caller.LOGGED_IN)
                .anyMatch(caller -> new Truth(catalog, identities, caller).of(condition) == Answer.TRUE);
    }

    private static boolean heldBack(List<Asked> all, Asked asked, Command command) {
        return all.stream()
                .filter(other -> !other.policy().permissive()
                        && other.policy().table().equals(asked.policy().table()))
                .filter(other -> other.policy().roles().contains("PUBLIC")
                        || other.policy().roles().containsAll(asked.policy().roles()))
                .anyMatch(other -> other.policy().command() == Command.ALL
                        || other.policy().command() == command);
    }

    private Finding finding(Asked asked, Command command, List<String> roles, Privileges privileges) {
        List<Command> commands = command == Command.ALL
                ? List.of(Command.SELECT, Command.INSERT, Command.UPDATE, Command.DELETE)
                : command == Command.DELETE && asked.policy().command() == Command.ALL
                        ? List.of(Command.SELECT, Command.DELETE)
                        : List.of(command);
        List<String> reachable = roles.stream()
                .filter(role -> commands.stream().anyMatch(c -> may(role, asked, c, privileges)))
                .toList();
        boolean writes = commands.stream()
                .filter(c -> c != Command.SELECT)
                .anyMatch(c -> roles.stream().anyMatch(role -> may(role, asked, c, privileges)));
        Severity severity = writes || reachable.contains("anon") ? Severity.ERROR : Severity.WARNING;
        return asked.finding(
                        id(),
                        severity,
                        "every row passes it for " + (command == Command.ALL ? "every command" : command)
                                + ", whoever asks: with it, no other permissive policy of the table holds anything back; "
                                + (reachable.isEmpty()
                                        ? "today the roles it is for lack the privilege"
                                        : String.join(" and ", reachable) + " can use it now"),
                        switch (asked.policy().table().schema()) {
                            case "storage" ->
                                "drop it, or bind it to a bucket and the caller: bucket_id = 'your-bucket' AND owner_id ="
                                        + " (SELECT auth.uid()::text)";
                            case "realtime" ->
                                "drop it, or bind it to the topics of the caller by (SELECT realtime.topic())";
                            default ->
                                "drop it, or bind it to the caller; for a table that is public on purpose, declare it under"
                                        + " assume: public-read: and let the policy be FOR SELECT";
                        })
                .repairedBy(asked.drop());
    }

    private static boolean may(String role, Asked asked, Command command, Privileges privileges) {
        return privileges.onSchema(role, asked.policy().table().schema(), "USAGE")
                && privileges.onAnyColumn(role, asked.policy().table(), command.name());
    }
}
