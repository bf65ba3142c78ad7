package app.trackpay.apply;

import app.trackpay.plan.Plan;
import java.time.Duration;

/**
 * A unit that was applied just now.
 *
 * @param steps how many the plan has
 * @param sections how many its step has; 0 for a step without
 */
public record Progress(Unit unit, int steps, int sections, Duration took) {

    static Progress of(Plan plan, Unit unit, Duration took) {
        int sections = unit.section() == 0 ? 0 : unit.script().sections().size();
        return new Progress(unit, plan.steps().size(), sections, took);
    }

    /** {@code [4/10] 015_rls_helper.sql  Create auth helper  38 ms}. */
    public String line() {
        StringBuilder line = new StringBuilder()
                .append('[')
                .append(unit.place())
                .append('/')
                .append(steps)
                .append("] ")
                .append(unit.step().name());
        if (sections > 0) {
            line.append("  section ").append(unit.section()).append('/').append(sections);
            if (!unit.title().isEmpty()) {
                line.append(' ').append(unit.title());
            }
        } else if (!unit.title().isEmpty()) {
            line.append("  ").append(unit.title());
        }
        return line.append("  ").append(took.toMillis()).append(" ms").toString();
    }
}
