package app.trackpay.mojo;

import app.trackpay.apply.LeftOut;
import app.trackpay.apply.Outcome;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.plan.Plan;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What an apply run says that a step ended, and what a dry run could not try before it. */
record Failed(Plan plan, Outcome.Failed outcome) {

    /**
     * @param step the step that failed
     */
    Answer answer(Finding step) {
        List<LeftOut> before = outcome.leftOut();
        Finding told = LeftOut.explain(step, outcome.failure(), before);
        Stream<Finding> untried = before.stream().map(LeftOut::finding);
        // what was not tried may be accepted, what failed may not
        return told.check().equals(LeftOut.CHECK)
                ? judged(Stream.concat(untried, Stream.of(told)))
                : Answer.of(List.of(told)).and(judged(untried));
    }

    private Answer judged(Stream<Finding> findings) {
        return new Answer(Judge.judge(plan, findings.toList(), Set.of(), LocalDate.now()), List.of());
    }
}
