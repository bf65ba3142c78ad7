package app.trackpay.check.health;

import app.trackpay.plan.Financial;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedPolicy;
import app.trackpay.plan.ProvidedTrigger;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Scope;
import app.trackpay.plan.Step;
import app.trackpay.plan.Step.Importance;
import app.trackpay.plan.Suppression;
import java.util.List;
import java.util.stream.Stream;

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

    /** A plan with one more step, which makes a trigger. */
    static Plan with(Plan plan, ProvidedTrigger trigger) {
        return andProvides(plan, List.of(trigger), List.of());
    }

    /** A plan with one more step, which makes a policy. */
    static Plan with(Plan plan, ProvidedPolicy policy) {
        return andProvides(plan, List.of(), List.of(policy));
    }

    private static Plan andProvides(Plan plan, List<ProvidedTrigger> triggers, List<ProvidedPolicy> policies) {
        Provides provides = new Provides(
                List.of(), List.of(), List.of(), triggers, List.of(), List.of(), List.of(), policies, List.of(),
                List.of());
        Step more = new Step(
                "9",
                "090_platform.sql",
                plan.directory().resolve("090_platform.sql"),
                "",
                Importance.CRITICAL,
                false,
                provides);
        return withSteps(
                plan, Stream.concat(plan.steps().stream(), Stream.of(more)).toList());
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
                suppressions,
                plan.fixtures());
    }
}
