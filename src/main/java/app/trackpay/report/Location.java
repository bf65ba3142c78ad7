package app.trackpay.report;

import app.trackpay.check.Finding;
import app.trackpay.plan.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the object of a finding, or what it comes from, is made.
 *
 * @param file the step's file, by its name
 * @param line the line of the statement that makes the object; empty where the file has none
 */
public record Location(String file, OptionalInt line) {

    /** The place in the finding's step; empty for a finding no step answers for. */
    public static Optional<Location> of(Finding finding) {
        String object = finding.cause().orElseGet(finding::object);
        return finding.step().map(step -> of(object, step));
    }

    /**
     * The place in a step's file.
     *
     * @param object as findings name it
     */
    public static Location of(String object, Step step) {
        return new Location(step.name(), new MakingStatement(object).lineIn(text(step.file())));
    }

    private static String text(Path file) {
        try {
            // a step file that cannot be read is reported where it matters; here it only has no line to point at
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return line.isPresent() ? file + ":" + line.getAsInt() : file;
    }
}
