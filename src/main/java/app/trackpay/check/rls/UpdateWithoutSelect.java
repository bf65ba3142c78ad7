package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.Role;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An UPDATE or DELETE policy for a role that no SELECT policy is for: the rows to change are found by reading them, so none is.
 *
 * <p>A policy for PUBLIC is in order when one of the API roles can read: shutting the other out is a decision.
 */
public final class UpdateWithoutSelect implements Check {

    private record Blind(Policy policy, List<String> roles) {}

    @Override
    public String id() {
        return "update-without-select";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        return reach.tables()
                .filter(Relation::rowSecurity)
                .flatMap(t -> reach.policies(t.name()))
                .filter(p -> p.permissive() && (p.command() == Command.UPDATE || p.command() == Command.DELETE))
                .map(p -> new Blind(p, blind(p, catalog, reach)))
                .filter(b -> !b.roles().isEmpty())
                .map(this::finding);
    }

    private static List<String> blind(Policy policy, Catalog catalog, ApiReach reach) {
        List<String> roles = policy.roles().contains(Grant.PUBLIC)
                ? reach.roles()
                : catalog.roles().stream()
                        .filter(r -> policy.roles().contains(r.name()))
                        .filter(r -> !r.bypassRls() && !r.superuser())
                        .map(Role::name)
                        .toList();
        List<String> blind = roles.stream()
                .filter(role -> reach.policies(policy.table())
                        .noneMatch(p -> p.permissive() && reach.applies(p, role, Command.SELECT)))
                .toList();
        return policy.roles().contains(Grant.PUBLIC) && blind.size() < roles.size() ? List.of() : blind;
    }

    private Finding finding(Blind blind) {
        Policy policy = blind.policy();
        String who = String.join(" and ", blind.roles());
        return new Finding(
                        id(),
                        Severity.ERROR,
                        PolicyText.object(policy),
                        who + " may " + policy.command() + " by this policy, and no SELECT policy is for " + who
                                + ": rows are found by reading them, so every " + policy.command()
                                + " touches 0 rows and no error says so",
                        "let the role read what it may change; the proposed policy shows it exactly these rows")
                .repairedBy("CREATE POLICY " + Identifier.quote(policy.name() + "_select") + " ON "
                        + policy.table().sql() + " FOR SELECT TO " + Sql.roles(blind.roles()) + " USING ("
                        + policy.using().orElse("true") + ");")
                .shownBy("SELECT u.policyname, u.cmd, u.roles FROM pg_catalog.pg_policies u WHERE u."
                        + PolicyText.row(policy).replace(" AND ", " AND u.")
                        + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_policies s WHERE s.schemaname = u.schemaname AND"
                        + " s.tablename = u.tablename AND s.permissive = 'PERMISSIVE' AND s.cmd IN ('SELECT', 'ALL') AND"
                        + " s.roles && ARRAY["
                        + Stream.concat(blind.roles().stream(), Stream.of("public"))
                                .map(Sql::literal)
                                .collect(Collectors.joining(", "))
                        + "]::name[]);");
    }
}
