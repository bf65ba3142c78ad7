package app.trackpay.probe;

import app.trackpay.catalog.Identifier;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.plan.Declared;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Provides;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Protected columns that somebody changed. */
final class Escalations {

    private record Place(String column, String role) {}

    private Escalations() {}

    static List<Finding> of(Plan plan, List<Answer> answers, Optional<String> fixtures) {
        Map<Place, List<Answer>> changed = answers.stream()
                .filter(a -> a.task().kind() == Task.Kind.ESCALATE)
                .filter(a -> a.tries().stream().anyMatch(Escalations::took))
                .collect(Collectors.groupingBy(
                        a -> new Place(
                                a.task().table() + "." + a.task().detail(),
                                a.task().persona().role()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        changed.forEach((place, proofs) -> findings.add(finding(plan, place, proofs, fixtures)));
        return findings;
    }

    private static boolean took(Outcome outcome) {
        return outcome.allowed() && outcome.worked() && outcome.result().equals(com.fasterxml.jackson.databind.node.BooleanNode.TRUE);
    }

    private static Finding finding(Plan plan, Place place, List<Answer> proofs, Optional<String> fixtures) {
        Answer first = proofs.get(0);
        Outcome proof = first.tries().stream().filter(Escalations::took).findFirst().orElseThrow();
        Persona persona = first.task().persona();
        String column = first.task().detail();
        String table = first.task().table().sql();
        Finding finding = new Finding(
                        "column-escalation",
                        Severity.ERROR,
                        "column " + place.column() + " for " + place.role(),
                        proofs.stream().map(a -> a.task().persona().name()).collect(Collectors.joining(", "))
                                + " changed it, for example in row " + proof.key()
                                + ": the plan protects the column, and a policy cannot compare a row with what it was before",
                        "take UPDATE on the table away and grant it on the columns that users may change")
                .repairedBy(repair(table, column, place.role()))
                .shownBy(Shown.as(
                        persona,
                        fixtures,
                        "UPDATE " + table + " SET " + Identifier.quote(column) + " = " + Identifier.quote(column)));
        return plan.declared(Provides::policies).stream()
                .filter(d -> d.what().table().equals(first.task().table()))
                .map(Declared::step)
                .findFirst()
                .map(finding::from)
                .orElse(finding);
    }

    private static String repair(String table, String column, String role) {
        return "REVOKE UPDATE (" + Identifier.quote(column) + ") ON " + table + " FROM " + Identifier.quote(role) + ";";
    }
}
