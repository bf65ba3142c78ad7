package app.trackpay.probe;

import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Provides;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Protected columns that somebody changed. */
final class Escalations {

    private record Place(QualifiedName table, String role) {}

    private Escalations() {}

    static List<Finding> of(Plan plan, List<Answer> answers, Optional<String> fixtures) {
        Map<Place, List<Answer>> changed = answers.stream()
                .filter(a -> a.task().kind() == Task.Kind.ESCALATE)
                .filter(a -> a.tries().stream().anyMatch(Escalations::took))
                .collect(Collectors.groupingBy(
                        a -> new Place(a.task().table(), a.task().persona().role()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return changed.entrySet().stream()
                .map(e -> finding(plan, e.getKey(), e.getValue(), fixtures))
                .toList();
    }

    /** A trigger may have put the value back. */
    private static boolean took(Outcome outcome) {
        return outcome.took() && outcome.holds();
    }

    private static Finding finding(Plan plan, Place place, List<Answer> proofs, Optional<String> fixtures) {
        Answer first = proofs.get(0);
        String row = first.tries().stream()
                .filter(Escalations::took)
                .findFirst()
                .map(Outcome::key)
                .orElse("");
        String columns = all(proofs, Task::detail);
        String column = Identifier.quote(first.task().detail());
        Finding finding = new Finding(
                        "column-escalation",
                        Severity.ERROR,
                        "table " + place.table() + " for " + place.role(),
                        all(proofs, t -> t.persona().name()) + " changed " + columns
                                + ", which the plan protects, for example "
                                + first.task().detail() + " in row " + row,
                        "grant UPDATE on the other columns alone; what the app needs of these belongs in a function or a trigger")
                .shownBy(Shown.as(
                        first.task().persona(),
                        fixtures,
                        "UPDATE " + place.table().sql() + " SET " + column + " = " + column + " RETURNING " + column));
        return plan.declared(Provides::policies).stream()
                .filter(d -> d.what().table().equals(place.table()))
                .map(Declared::step)
                .findFirst()
                .map(finding::from)
                .orElse(finding);
    }

    private static String all(List<Answer> proofs, Function<Task, String> name) {
        return proofs.stream().map(Answer::task).map(name).distinct().collect(Collectors.joining(", "));
    }
}
