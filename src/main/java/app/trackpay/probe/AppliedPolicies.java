package app.trackpay.probe;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Grant;
import app.trackpay.catalog.Policy;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Expressions.PolicyExpression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The policies that the server asks when somebody does something. */
final class AppliedPolicies {

    private final Catalog catalog;
    private final Privileges privileges;

    AppliedPolicies(Catalog catalog, Privileges privileges) {
        this.catalog = catalog;
        this.privileges = privileges;
    }

    /** Those that let rows of a table through. */
    List<Policy> opening(QualifiedName table, String role, Command command) {
        return of(table, role, command).stream().filter(Policy::permissive).toList();
    }

    private List<Policy> of(QualifiedName table, String role, Command command) {
        return catalog.policies().stream()
                .filter(p -> p.table().equals(table))
                .filter(p -> p.command() == command || p.command() == Command.ALL)
                .filter(p -> p.roles().stream().anyMatch(r -> r.equals(Grant.PUBLIC) || privileges.inherits(role, r)))
                .toList();
    }

    /**
     * All that a cell's rows have to pass: the command's, those for reading where rows have to be found or given back, and those of the tables
     * that their conditions read. None where no policy is for the command.
     */
    Set<Policy> asked(Cell cell) {
        Set<Policy> all = new LinkedHashSet<>();
        String role = cell.persona().role();
        List<Policy> own = of(cell.table(), role, cell.command());
        own.forEach(policy -> add(policy, role, all));
        if (!own.isEmpty() && cell.reads()) {
            of(cell.table(), role, Command.SELECT).forEach(policy -> add(policy, role, all));
        }
        return all;
    }

    private void add(Policy policy, String role, Set<Policy> all) {
        if (all.add(policy)) {
            catalog.expressions().policy(policy.table(), policy.name()).stream()
                    .flatMap(AppliedPolicies::looksInto)
                    .flatMap(table -> of(table, role, Command.SELECT).stream())
                    .forEach(further -> add(further, role, all));
        }
    }

    private static Stream<QualifiedName> looksInto(PolicyExpression policy) {
        return Stream.concat(policy.using().stream(), policy.check().stream())
                .flatMap(Expression::everything)
                .flatMap(e -> e instanceof SubSelect sub ? sub.query().reads() : Stream.empty())
                .distinct();
    }
}
