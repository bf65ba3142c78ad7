package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import app.trackpay.plan.StepText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the files of a plan. */
final class Units {

    private Units() {}

    /**
     * Everything the plan runs, in its order.
     *
     * @throws CouldNotRunException with every place of every file that cannot be run
     */
    static List<Unit> of(Plan plan) throws CouldNotRunException {
        List<Unit> units = new ArrayList<>();
        List<SourceProblem> problems = new ArrayList<>();
        int place = 0;
        for (Step step : plan.steps()) {
            place++;
            Script script = ScriptReader.read(
                    new Source(step.name(), StepText.read(step.file()).text()), step.sections(), problems);
            for (Script.Section section : script.sections()) {
                units.add(new Unit(
                        step,
                        place,
                        Math.max(0, section.number()),
                        section.number() > 0 ? section.title() : step.purpose(),
                        script,
                        section.start(),
                        section.end(),
                        section.parts()));
            }
        }
        if (!problems.isEmpty()) {
            throw new CouldNotRunException(problems.stream()
                    .flatMap(problem -> problem.lines().stream())
                    .collect(Collectors.joining("\n", "Nothing was applied: some files cannot be run.\n", "")));
        }
        return List.copyOf(units);
    }
}
