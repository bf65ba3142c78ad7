package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** More than one permissive policy for a role and command: the server asks them all, and a row needs only one of them. */
public final class MultiplePermissive implements Check {

    private static final List<Command> COMMANDS =
            List.of(Command.SELECT, Command.INSERT, Command.UPDATE, Command.DELETE);

    @Override
    public String id() {
        return "multiple-permissive";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return reach.tables()
                .filter(Relation::rowSecurity)
                .flatMap(t -> reach.roles().stream()
                        .flatMap(role -> COMMANDS.stream()
                                .filter(command -> reach.may(role, command.name(), t.name()))
                                .flatMap(command -> finding(
                                        t.name(),
                                        role,
                                        command,
                                        reach.policies(t.name())
                                                .filter(p -> p.permissive() && reach.applies(p, role, command))
                                                .map(Policy::name)
                                                .toList()))));
    }

    private Stream<Finding> finding(QualifiedName table, String role, Command command, List<String> policies) {
        if (policies.size() < 2) {
            return Stream.empty();
        }
        return Stream.of(new Finding(
                        id(),
                        Severity.INFO,
                        "table " + table + " for " + command + " by " + role,
                        policies.size() + " permissive policies are asked for each row (" + String.join(", ", policies)
                                + "), and one that says yes is enough",
                        "nothing, if each of them is meant; one policy with OR is faster and easier to read")
                .shownBy("SELECT policyname, cmd, roles, qual FROM pg_catalog.pg_policies WHERE schemaname = "
                        + Sql.literal(table.schema()) + " AND tablename = " + Sql.literal(table.name())
                        + " AND policyname IN ("
                        + String.join(", ", policies.stream().map(Sql::literal).toList()) + ");"));
    }
}
