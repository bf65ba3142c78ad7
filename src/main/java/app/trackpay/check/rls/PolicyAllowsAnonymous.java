package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Or;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.identity.Identities;
import app.trackpay.check.identity.Truth;
import app.trackpay.check.identity.Truth.Answer;
import app.trackpay.check.identity.Truth.Caller;
import app.trackpay.plan.Plan;
import java.util.stream.Stream;

/** A condition that binds rows to their owner and lets everybody pass who is nobody: {@code auth.uid() IS NULL OR ...}. */
public final class PolicyAllowsAnonymous implements Check {

    @Override
    public String id() {
        return "policy-allows-anonymous";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Identities identities = new Identities(plan, catalog);
        Privileges privileges = new Privileges(catalog);
        Truth nobody = new Truth(catalog, identities, Caller.NOBODY);
        Truth anybody = new Truth(catalog, identities, Caller.ANYBODY);
        return Asked.of(plan, catalog)
                .filter(asked -> asked.policy().permissive()
                        && !asked.apiRoles(privileges).isEmpty())
                .filter(asked -> asked.conditions().anyMatch(e -> opens(e, nobody, anybody)))
                .map(asked -> asked.finding(
                                id(),
                                asked.apiRoles(privileges).contains("anon") ? Severity.ERROR : Severity.WARNING,
                                "who is not logged in has no id, and the condition lets exactly them pass: a visitor gets"
                                        + " the rows of every user",
                                "take out the part that asks for IS NULL; what visitors may do belongs in a policy of its"
                                        + " own, TO anon")
                        .repairedBy(asked.drop()));
    }

    /** TRUE for nobody as a whole, or in an alternative whose other side asks who it is. */
    private static boolean opens(Expression condition, Truth nobody, Truth anybody) {
        if (anybody.of(condition) == Answer.TRUE) {
            return false;
        }
        return nobody.of(condition) == Answer.TRUE
                || condition.core() instanceof Expression.And and
                        && and.parts().stream()
                                .anyMatch(part -> part.core() instanceof Or && opens(part, nobody, anybody));
    }
}
