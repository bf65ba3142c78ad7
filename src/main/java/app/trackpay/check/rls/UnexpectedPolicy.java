package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedPolicy;
import app.trackpay.plan.Provides;
import java.util.List;
import java.util.stream.Stream;

/** A policy that no step declares, on a table of the plan. A plan that declares no policies has no opinion. */
public final class UnexpectedPolicy implements Check {

    @Override
    public String id() {
        return "unexpected-policy";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        List<ProvidedPolicy> declared =
                plan.declared(Provides::policies).stream().map(Declared::what).toList();
        return declared.isEmpty()
                ? Stream.empty()
                : catalog.policies().stream()
                        .filter(p -> plan.provides(p.table()))
                        .filter(p -> !declared.contains(new ProvidedPolicy(p.table(), p.name())))
                        .map(p -> finding(p, plan));
    }

    private Finding finding(Policy policy, Plan plan) {
        Finding finding = new Finding(
                        id(),
                        Severity.ERROR,
                        PolicyText.object(policy),
                        "no step declares this " + (policy.permissive() ? "permissive" : "restrictive") + " policy for "
                                + policy.command() + " to " + String.join(", ", policy.roles())
                                + PolicyText.expressions(policy).stream()
                                        .findFirst()
                                        .map(expression -> " (" + expression + ")")
                                        .orElse("")
                                + ": "
                                + (policy.permissive()
                                        ? "permissive policies are ORed, so it opens rows beside the declared ones"
                                        : "it takes rows away that the declared ones give"),
                        "drop it, and let the step that makes the policies drop what it does not make; or declare it in its step")
                .repairedBy("DROP POLICY " + PolicyText.on(policy) + ";")
                .shownBy(
                        "SELECT policyname, permissive, roles, cmd, qual, with_check FROM pg_catalog.pg_policies WHERE "
                                + PolicyText.row(policy) + ";");
        return plan.declared(Provides::policies).stream()
                .filter(d -> d.what().table().equals(policy.table()))
                .findFirst()
                .map(d -> finding.from(d.step()))
                .orElse(finding);
    }
}
