package app.trackpay.check;

import app.trackpay.CouldNotRunException;
import app.trackpay.plan.Plan;
import app.trackpay.plan.SqlFiles;
import app.trackpay.plan.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether plan and folder agree: {@code missing-file} and {@code unlisted-file}. A folder without a plan file always does. */
public final class FileFindings {

    private FileFindings() {}

    /**
     * Every step without its file, and every SQL file of the folder that no step lists and that is not the fixtures.
     *
     * @throws CouldNotRunException when the folder cannot be listed
     */
    public static List<Finding> of(Plan plan) throws CouldNotRunException {
        if (!plan.declares()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        plan.steps().stream()
                .filter(step -> !Files.isRegularFile(step.file()))
                .map(step -> missing(plan, step))
                .forEach(findings::add);
        plan.fixtures()
                .filter(file -> !Files.isRegularFile(file))
                .map(file -> missingFixtures(plan, file))
                .ifPresent(findings::add);
        Set<Path> listed = plan.files().collect(Collectors.toSet());
        SqlFiles.in(plan.directory()).stream()
                .filter(file -> !listed.contains(file))
                .filter(file -> plan.fixtures().filter(file::equals).isEmpty())
                .map(FileFindings::unlisted)
                .forEach(findings::add);
        return List.copyOf(findings);
    }

    private static Finding missing(Plan plan, Step step) {
        return new Finding(
                        "missing-file",
                        Severity.ERROR,
                        "file " + step.name(),
                        "step %s runs %s, and the folder %s has no such file, so the plan cannot be applied"
                                .formatted(step.id(), step.name(), plan.directory()),
                        "put the file there, or correct or remove step %s in trackpay.yaml".formatted(step.id()))
                .from(step);
    }

    private static Finding missingFixtures(Plan plan, Path file) {
        return new Finding(
                "missing-file",
                Severity.ERROR,
                "file " + plan.directory().relativize(file),
                "the plan names %s as its fixtures, and the folder %s has no such file, so no persona has rows"
                        .formatted(plan.directory().relativize(file), plan.directory()),
                "put the file there, or correct or remove \"fixtures\" in trackpay.yaml");
    }

    private static Finding unlisted(Path file) {
        return new Finding(
                "unlisted-file",
                Severity.ERROR,
                "file " + file.getFileName(),
                "%s lies in the plan's folder and no step lists it, so it would never be applied"
                        .formatted(file.getFileName()),
                "add a step with \"file: %s\" at its place in trackpay.yaml, or move the file out of the folder"
                        .formatted(file.getFileName()));
    }
}
