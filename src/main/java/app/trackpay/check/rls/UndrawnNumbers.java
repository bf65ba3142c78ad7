package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Role;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sequences that the defaults of a table draw from and that a role may not use, though a policy lets it insert there: a default runs with the
 * rights of whoever inserts. Identity columns draw from theirs without any.
 */
final class UndrawnNumbers {

    private record Drawer(QualifiedName sequence, String role) {}

    private final String check;
    private final Plan plan;
    private final Catalog catalog;
    private final Privileges privileges;

    UndrawnNumbers(String check, Plan plan, Catalog catalog, Privileges privileges) {
        this.check = check;
        this.plan = plan;
        this.catalog = catalog;
        this.privileges = privileges;
    }

    /** One finding a sequence and role. */
    Stream<Finding> findings(List<Policy> policies) {
        Map<Drawer, List<ColumnName>> shut = new LinkedHashMap<>();
        policies.stream()
                .filter(p -> p.command() == Command.INSERT || p.command() == Command.ALL)
                .forEach(p -> DrawnNumber.of(p.table(), catalog)
                        .forEach(number -> shut(p, number.sequence())
                                .forEach(role -> shut.computeIfAbsent(
                                                new Drawer(number.sequence(), role), any -> new ArrayList<>())
                                        .add(number.column()))));
        return shut.entrySet().stream().map(e -> {
            Finding finding = finding(e.getKey(), e.getValue());
            // who grants the table is to grant this
            return policies.stream()
                    .filter(p -> p.table().equals(e.getValue().get(0).table()))
                    .flatMap(p -> Asked.step(plan, p).stream())
                    .findFirst()
                    .map(finding::from)
                    .orElse(finding);
        });
    }

    /** As with tables, a policy for PUBLIC that one API role can use is in order. */
    private List<String> shut(Policy policy, QualifiedName sequence) {
        boolean everybody = policy.roles().contains(Grant.PUBLIC);
        List<String> inserting = catalog.roles().stream()
                .map(Role::name)
                .filter(everybody ? Asked.API_ROLES::contains : policy.roles()::contains)
                .filter(role -> !everybody && policy.command() == Command.INSERT
                        || privileges.onAnyColumn(role, policy.table(), "INSERT"))
                .toList();
        List<String> shut = inserting.stream()
                .filter(role -> !privileges.onSequence(role, sequence, "USAGE")
                        && !privileges.onSequence(role, sequence, "UPDATE"))
                .toList();
        return everybody && shut.size() < inserting.size() ? List.of() : shut;
    }

    private Finding finding(Drawer drawer, List<ColumnName> columns) {
        return new Finding(
                        check,
                        Severity.ERROR,
                        "sequence " + drawer.sequence() + " for " + drawer.role(),
                        drawer.role() + " has neither USAGE nor UPDATE on the sequence, which "
                                + columns.stream()
                                        .map(ColumnName::toString)
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + " draws its number from: every INSERT that a policy allows ends in 42501, permission"
                                + " denied for sequence " + drawer.sequence().name(),
                        "grant it in the step that grants the table; GENERATED ALWAYS AS IDENTITY in place of serial needs"
                                + " no such grant")
                .repairedBy("GRANT USAGE ON SEQUENCE " + drawer.sequence().sql() + " TO "
                        + Identifier.quote(drawer.role()) + ";")
                .shownBy("SELECT " + Sql.literal(drawer.role()) + " AS role, "
                        + Sql.literal(drawer.sequence().sql())
                        + " AS on_sequence, pg_catalog.has_sequence_privilege(" + Sql.literal(drawer.role()) + ", "
                        + Sql.literal(drawer.sequence().sql()) + ", 'USAGE, UPDATE') AS may_draw;");
    }
}
