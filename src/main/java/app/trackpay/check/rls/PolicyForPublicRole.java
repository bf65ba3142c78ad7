package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/**
 * A policy for everybody whose expression asks who is logged in: it means {@code authenticated}.
 *
 * <p>One with a branch that asks for nobody ({@code published OR owner = auth.uid()}) means visitors as well. A restrictive policy takes away
 * and is best for everybody.
 */
public final class PolicyForPublicRole implements Check {

    @Override
    public String id() {
        return "policy-for-public-role";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        ApiReach reach = new ApiReach(plan, catalog);
        SourceText text = new SourceText(plan, catalog);
        return catalog.policies().stream()
                .filter(p -> p.permissive() && p.roles().contains(Grant.PUBLIC) && reach.answersFor(p.table()))
                .filter(p -> !(p.command() == Command.SELECT
                        && plan.assumed().publicRead().contains(p.table())))
                .filter(p -> meansUsers(p, text))
                .map(this::finding);
    }

    private static boolean meansUsers(Policy policy, SourceText text) {
        List<String> expressions = PolicyText.expressions(policy);
        return !expressions.isEmpty()
                && expressions.stream()
                        .allMatch(expression -> PolicyText.parts(expression, "OR").stream()
                                .allMatch(part -> text.looksAtCaller(part) && !part.contains("service_role")));
    }

    private Finding finding(Policy policy) {
        return new Finding(
                        id(),
                        Severity.WARNING,
                        PolicyText.object(policy),
                        "the policy is for PUBLIC, anon and every role to come, and asks who is logged in: it is worked out for visitors"
                                + " as well, and one slip in it (a NULL that matches) opens the table to them",
                        "name the role that is meant")
                .repairedBy("ALTER POLICY " + PolicyText.on(policy) + " TO authenticated;")
                .shownBy("SELECT policyname, roles, qual, with_check FROM pg_catalog.pg_policies WHERE "
                        + PolicyText.row(policy) + " AND 'public' = ANY (roles);");
    }
}
