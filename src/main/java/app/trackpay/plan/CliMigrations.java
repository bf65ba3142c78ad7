package app.trackpay.plan;

import app.trackpay.CouldNotRunException;
import app.trackpay.plan.Step.Importance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder without a plan, read as the Supabase CLI reads {@code supabase/migrations}: every SQL file, in the order of the names. */
final class CliMigrations {

    private static final Pattern NAME = Pattern.compile("(?<version>\\d+)_(?<purpose>.*)\\.sql");

    private CliMigrations() {}

    static Plan read(Path directory) throws CouldNotRunException {
        Optional<Path> fixtures = PlanFile.defaultFixtures(directory);
        List<Step> steps = new ArrayList<>();
        Map<String, Path> versions = new HashMap<>();
        for (Path file : SqlFiles.in(directory)) {
            if (fixtures.isPresent() && fixtures.get().equals(file)) {
                continue;
            }
            Step step = step(file);
            Path other = versions.putIfAbsent(step.id(), file);
            if (other != null) {
                throw new CouldNotRunException(
                        "%s and %s in %s have the same version %s, which must tell migrations apart;"
                                        .formatted(other.getFileName(), file.getFileName(), directory, step.id())
                                + " rename one of them");
            }
            steps.add(step);
        }
        if (steps.isEmpty()) {
            throw new CouldNotRunException(directory + ": there is neither a " + PlanReader.FILE
                    + " nor any .sql file in this folder. Name the folder of your migrations with"
                    + " -Dtrackpay.directory=<folder>, or let the goal init write a plan to start from"
                    + " (mvn trackpay:init)");
        }
        return new Plan(
                directory,
                Optional.empty(),
                Scope.PUBLIC,
                List.copyOf(steps),
                Financial.NOTHING,
                Identity.UNKNOWN,
                List.of(),
                List.of(),
                Assumptions.NONE,
                List.of(),
                List.of(),
                List.of(),
                fixtures);
    }

    private static Step step(Path file) {
        String name = file.getFileName().toString();
        Matcher form = NAME.matcher(name);
        boolean versioned = form.matches();
        return new Step(
                versioned ? form.group("version") : name.substring(0, name.length() - SqlFiles.END.length()),
                name,
                file,
                versioned ? form.group("purpose").replace('_', ' ') : "",
                Importance.CRITICAL,
                false,
                Provides.NOTHING);
    }
}
