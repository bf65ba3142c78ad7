package app.trackpay.mojo;

import app.trackpay.apply.LeftOut;
import app.trackpay.apply.Outcome;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.plan.Plan;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** What an apply run says that a step ended, and what a dry run could not try before it. */
record Failed(Plan plan, Outcome.Failed outcome) {

    /**
     * @param step the step that failed
     */
    Answer answer(Finding step) {
        List<LeftOut> before = outcome.leftOut();
        return Answer.of(List.of(LeftOut.explain(step, outcome.failure(), before)))
                .and(new Answer(
                        Judge.judge(plan, before.stream().map(LeftOut::finding).toList(), Set.of(), LocalDate.now()),
                        List.of()));
    }
}
