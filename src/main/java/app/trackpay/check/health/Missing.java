package app.trackpay.check.health;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Step;

/** Something a step provides and the database lacks or has otherwise: the step is the repair. */
final class Missing {

    private Missing() {}

    static Finding of(String check, String object, Step step, String message) {
        return of(check, object, step, message, run(step));
    }

    /** The same where running the step is not all, because what is there stands in its way. */
    static Finding of(String check, String object, Step step, String message, String fix) {
        return new Finding(check, Severity.ERROR, object, message, fix).from(step);
    }

    /** What to do about it. Nothing here knows whether the step has run: on a rehearsal it always has. */
    static String run(Step step) {
        return "run step " + step.id() + " (" + step.name() + "), or mend that file where running it did not help";
    }
}
