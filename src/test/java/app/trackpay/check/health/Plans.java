package app.trackpay.check.health;

import app.trackpay.plan.Financial;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Scope;
import app.trackpay.plan.Step;
import app.trackpay.plan.Suppression;
import java.util.List;

/** Variations of a plan. */
final class Plans {

    private Plans() {}

    static Plan with(Plan plan, Financial financial) {
        return copy(plan, plan.scope(), plan.steps(), financial, plan.suppressions());
    }

    static Plan with(Plan plan, Scope scope) {
        return copy(plan, scope, plan.steps(), plan.financial(), plan.suppressions());
    }

    static Plan withSteps(Plan plan, List<Step> steps) {
        return copy(plan, plan.scope(), steps, plan.financial(), plan.suppressions());
    }

    static Plan withSuppressions(Plan plan, List<Suppression> suppressions) {
        return copy(plan, plan.scope(), plan.steps(), plan.financial(), suppressions);
    }

    private static Plan copy(
            Plan plan, Scope scope, List<Step> steps, Financial financial, List<Suppression> suppressions) {
        return new Plan(
                plan.directory(),
                plan.file(),
                scope,
                steps,
                financial,
                plan.identity(),
                plan.personas(),
                plan.access(),
                plan.assumed(),
                plan.protectedColumns(),
                plan.calls(),
                suppressions,
                plan.fixtures());
    }
}
