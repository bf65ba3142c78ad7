package app.trackpay.manifest;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told of the differences between a manifest and a server: one finding an object. */
public final class Drift {

    /** The ids of its findings. */
    public static final Set<String> CHECKS = Set.of("drift-missing", "drift-unexpected", "drift-changed");

    private Drift() {}

    /** A finding for each object that differs; it names the step of the plan that makes it. */
    public static List<Finding> findings(Plan plan, Manifest expected, Manifest actual) {
        return findings(plan, Comparison.of(expected, actual), actual);
    }

    /**
     * The same for differences that are known already.
     *
     * @param actual what the server has
     */
    public static List<Finding> findings(Plan plan, List<Difference> differences, Manifest actual) {
        Origins origins = new Origins(plan);
        Repair repair = new Repair(actual);
        return differences.stream()
                .map(difference -> {
                    Optional<Step> step = step(difference, origins);
                    Optional<String> sql = repair.of(difference);
                    return new Finding(
                            difference.check(),
                            Severity.ERROR,
                            difference.object().toString(),
                            String.join("\n", message(difference)),
                            fix(difference, step, sql),
                            step,
                            sql,
                            Optional.empty(),
                            Optional.empty());
                })
                .toList();
    }

    /** The same for a program: a row an attribute of {@code check, object, attribute, access, manifest, server}. */
    public static List<List<String>> rows(List<Difference> differences) {
        return differences.stream()
                .flatMap(difference -> difference instanceof Difference.Changed changed
                        ? changed.changes().stream().map(change -> row(difference, change))
                        : Stream.of(List.of(
                                difference.check(),
                                difference.object().toString(),
                                "",
                                word(difference.direction()),
                                "",
                                "")))
                .toList();
    }

    /** A difference in one line. */
    public static String line(Difference difference) {
        String what = difference instanceof Difference.Changed changed
                ? changed.changes().stream().map(Change::attribute).collect(Collectors.joining(", ", " (", ")"))
                : "";
        String sign = difference instanceof Difference.Changed
                ? "~ "
                : difference instanceof Difference.Missing ? "- " : "+ ";
        return sign
                + difference.object()
                + what
                + difference.direction().map(d -> ", access " + d).orElse("");
    }

    private static List<String> row(Difference difference, Change change) {
        return List.of(
                difference.check(),
                difference.object().toString(),
                change.attribute(),
                word(change.direction()),
                change.before(),
                change.after());
    }

    private static String word(Optional<Direction> direction) {
        return direction.map(Direction::toString).orElse("");
    }

    /** What nobody planned has no step, even where its table has one. */
    private static Optional<Step> step(Difference difference, Origins origins) {
        if (difference instanceof Difference.Unexpected unexpected) {
            return origins.named(unexpected.entry());
        }
        return origins.of(
                difference instanceof Difference.Missing missing
                        ? missing.entry()
                        : ((Difference.Changed) difference).expected());
    }

    private static List<String> message(Difference difference) {
        List<String> lines = new ArrayList<>();
        String access = difference.direction().map(d -> "access " + d + ": ").orElse("");
        if (difference instanceof Difference.Missing missing) {
            lines.add(access + "the manifest has it and the server does not" + along(missing.along()));
            attributes(missing.entry(), "- ").forEach(lines::add);
        } else if (difference instanceof Difference.Unexpected unexpected) {
            lines.add(access + "the server has it and the manifest does not" + along(unexpected.along()));
            attributes(unexpected.entry(), "+ ").forEach(lines::add);
        } else if (difference instanceof Difference.Changed changed) {
            lines.add(access + "the server differs from the manifest in "
                    + changed.changes().stream().map(Change::attribute).collect(Collectors.joining(", "))
                    + " (- manifest, + server)");
            changed.changes().forEach(change -> describe(change).forEach(lines::add));
        }
        return lines;
    }

    private static Stream<String> describe(Change change) {
        String title =
                change.attribute() + change.direction().map(d -> " (" + d + ")").orElse("") + ":";
        boolean brief = Stream.concat(change.expected().stream(), change.actual().stream())
                .allMatch(Value::isShort);
        if (brief) {
            return Stream.of(
                    title,
                    "- " + change.expected().map(Value::text).orElse("(none)"),
                    "+ " + change.actual().map(Value::text).orElse("(none)"));
        }
        return Stream.concat(
                Stream.of(title),
                LineDiff.of(
                        change.expected().map(Value::lines).orElse(List.of()),
                        change.actual().map(Value::lines).orElse(List.of())));
    }

    private static Stream<String> attributes(Entry entry, String sign) {
        return entry.attributes().entrySet().stream()
                .filter(attribute -> !attribute.getValue().text().equals("no"))
                .map(attribute -> sign + attribute.getKey() + ": "
                        + (attribute.getValue().isShort()
                                ? attribute.getValue().text()
                                : "(" + attribute.getValue().lines().size() + " lines)"));
    }

    /** {@code , and with it 11 columns, 3 policies}. */
    private static String along(List<ObjectName> along) {
        Map<Kind, Long> counts =
                new TreeMap<>(along.stream().collect(Collectors.groupingBy(ObjectName::kind, Collectors.counting())));
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(count -> count.getKey().counted(count.getValue()))
                        .collect(Collectors.joining(", ", ", and with it ", ""));
    }

    private static String fix(Difference difference, Optional<Step> step, Optional<String> sql) {
        String again = step.map(s -> "step " + s.id() + " (" + s.name() + ") makes it; ")
                .orElse("");
        String server = sql.isPresent()
                ? "if the manifest is right, run the SQL"
                : "if the manifest is right, repair the server";
        String manifest = difference instanceof Difference.Missing
                ? "take it out of the plan"
                : difference instanceof Difference.Unexpected
                        ? "bring it into a step of the plan"
                        : "bring the change into a step of the plan";
        return again + server + "; if the server is right, " + manifest + " and run save-manifest";
    }
}
