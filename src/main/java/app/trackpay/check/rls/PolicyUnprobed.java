package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Access;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A policy that no persona of the plan gets a row through: whether it does what it is meant to is nowhere tried.
 *
 * <p>A restrictive policy is tried by whoever has its role.
 */
public final class PolicyUnprobed implements Check {

    @Override
    public String id() {
        return "policy-unprobed";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        if (plan.personas().isEmpty()) {
            return Stream.empty();
        }
        ApiReach reach = new ApiReach(plan, catalog);
        return catalog.policies().stream()
                .filter(p -> reach.answersFor(p.table()))
                .filter(p -> !isTried(p, plan, reach))
                .map(this::finding);
    }

    private static boolean isTried(Policy policy, Plan plan, ApiReach reach) {
        Map<String, String> roles =
                plan.personas().stream().collect(Collectors.toMap(Persona::name, Persona::role, (one, same) -> one));
        if (!policy.permissive()) {
            return roles.values().stream().anyMatch(role -> reach.applies(policy, role));
        }
        return plan.access().stream()
                .filter(a -> a.table().equals(policy.table()) && !(a.rows() instanceof Access.Rows.None))
                .filter(a -> policy.command() == Command.ALL || policy.command() == a.command())
                .map(Access::persona)
                .filter(roles::containsKey)
                .map(roles::get)
                .anyMatch(role -> reach.applies(policy, role));
    }

    private Finding finding(Policy policy) {
        return new Finding(
                        id(),
                        Severity.INFO,
                        PolicyText.object(policy),
                        "no persona of the plan gets a row through this policy (" + policy.command() + " for "
                                + String.join(", ", policy.roles()) + "): what it lets through is nowhere tried",
                        "declare a persona with one of its roles and the rows that it may reach (access)")
                .shownBy("SELECT policyname, cmd, roles, qual, with_check FROM pg_catalog.pg_policies WHERE "
                        + PolicyText.row(policy) + ";");
    }
}
