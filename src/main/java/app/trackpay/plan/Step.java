package app.trackpay.plan;

import java.nio.file.Path;

/**
 * One migration file at its place in the order.
 *
 * @param id as the plan numbers it, e.g. {@code 3.7}
 * @param name the file's name, for people
 * @param file where it is
 * @param purpose one line, may be empty
 * @param sections each {@code -- SECTION n: title} is a transaction of its own
 */
public record Step(
        String id, String name, Path file, String purpose, Importance importance, boolean sections, Provides provides) {

    /** How much a release depends on a step. */
    public enum Importance {
        CRITICAL,
        RECOMMENDED,
        MONITORING
    }

    /** The same step with its text in another place. */
    public Step at(Path other) {
        return new Step(id, name, other, purpose, importance, sections, provides);
    }
}
