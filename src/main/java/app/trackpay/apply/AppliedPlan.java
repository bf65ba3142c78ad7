package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The part of a plan that a database has: what a rehearsal must run to get where that database is. */
public final class AppliedPlan {

    private AppliedPlan() {}

    /**
     * The steps up to the last one that was applied. A step of which only some sections or parts ran is cut off behind the last of them.
     *
     * @param folder where a step that was cut off is written
     * @throws CouldNotRunException when nothing of the plan was applied, or the folder cannot be written
     */
    public static Plan of(Plan plan, Standing standing, Path folder) throws CouldNotRunException {
        List<Step> steps = new ArrayList<>();
        for (Step step : plan.steps()) {
            List<Standing.Entry> entries = standing.units().stream()
                    .filter(entry -> entry.unit().step().id().equals(step.id()))
                    .toList();
            long begun = entries.stream()
                    .filter(entry -> !(entry.state() instanceof Standing.State.Pending))
                    .count();
            boolean whole = entries.stream().noneMatch(Standing.Entry::isPending);
            if (whole) {
                steps.add(step);
            } else if (begun > 0) {
                steps.add(cut(step, entries, folder));
            }
        }
        if (steps.isEmpty()) {
            throw new CouldNotRunException(
                    "The database has no history of this plan, so it is not known how far it has come. If it was set up by hand or"
                            + " by another tool, adopt records the steps it has; if it has none of them, apply runs the plan. Or"
                            + " compare with a manifest instead of the plan (leave trackpay.manifest out).");
        }
        return plan.with(steps);
    }

    /** The stretches of the file that ran, one after the other. */
    private static Step cut(Step step, List<Standing.Entry> entries, Path folder) throws CouldNotRunException {
        StringBuilder text = new StringBuilder();
        for (Standing.Entry entry : entries) {
            Unit unit = entry.unit();
            int parts = entry.state() instanceof Standing.State.Pending
                    ? 0
                    : entry.isPending() ? entry.partsDone() : unit.parts().size();
            if (parts > 0) {
                int end = entry.isPending() ? unit.parts().get(parts - 1).end() : unit.end();
                text.append(unit.script().source().text(), unit.start(), end).append('\n');
            }
        }
        Path file = folder.resolve(step.name());
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CouldNotRunException(
                    file + ": the part of the step that was applied cannot be written (" + e + ")", e);
        }
        return new Step(
                step.id(), step.name(), file, step.purpose(), step.importance(), step.sections(), step.provides());
    }
}
