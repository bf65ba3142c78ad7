package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Expressions.View;
import app.trackpay.catalog.expression.Function;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.check.identity.Identities;
import app.trackpay.check.rls.FunctionCircle.Look;
import app.trackpay.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Policies that look into tables whose own policies look back. The server gives up on every query, 42P17. A function that runs with its
 * owner's rights ends the chain; so does a view that does. One that runs with the caller's rights does not, see {@link FunctionCircle}.
 */
public final class PolicyRecursion implements Check {

    @Override
    public String id() {
        return "policy-recursion";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Privileges privileges = new Privileges(catalog);
        List<Asked> all = Asked.all(plan, catalog).toList();
        Map<Set<QualifiedName>, List<Circle>> found = new LinkedHashMap<>();
        Asked.of(plan, catalog)
                .forEach(asked -> asked.apiRoles(privileges).stream()
                        .map(role -> cycle(asked, role, all, catalog, privileges))
                        .filter(path -> !path.isEmpty())
                        .distinct()
                        .forEach(path -> found.computeIfAbsent(new TreeSet<>(path), any -> new ArrayList<>())
                                .add(new Circle(asked, path))));
        Detour detour = new Detour(
                new Identities(plan, catalog),
                e -> looksInto(e, catalog).anyMatch(table -> isProtected(table, catalog)),
                new ApiReach(plan, catalog).roles());
        return Stream.concat(
                found.values().stream()
                        .map(circles ->
                                finding(circles, detour, looks(circles.get(0).path(), all, catalog))),
                throughFunctions(plan, catalog, privileges, all, found.keySet()));
    }

    /** Those that no sub-query closes: the server notices when the stack is full. */
    private Stream<Finding> throughFunctions(
            Plan plan, Catalog catalog, Privileges privileges, List<Asked> all, Set<Set<QualifiedName>> told) {
        FunctionCircle functions = new FunctionCircle(plan, catalog, privileges, all);
        Map<Set<QualifiedName>, Finding> found = new LinkedHashMap<>();
        Asked.of(plan, catalog)
                .filter(asked -> isProtected(asked.policy().table(), catalog))
                .forEach(asked -> asked.apiRoles(privileges).stream()
                        .map(role -> functions.of(asked, role))
                        .filter(way -> !way.isEmpty())
                        .forEach(way -> found.computeIfAbsent(
                                way.stream().map(Look::table).collect(Collectors.toCollection(TreeSet::new)),
                                any -> overflow(asked, way))));
        found.keySet().removeAll(told);
        return found.values().stream();
    }

    private Finding overflow(Asked asked, List<Look> way) {
        List<Function> functions =
                way.stream().flatMap(look -> look.through().stream()).distinct().toList();
        return asked.finding(
                        id(),
                        Severity.ERROR,
                        "it leads back to its own table ("
                                + way.stream()
                                        .map(look -> look.table().toString())
                                        .collect(Collectors.joining(" → "))
                                + ") through "
                                + functions.stream().map(Function::signature).collect(Collectors.joining(", "))
                                + ", with the rights of whoever asks: a query that meets a row ends in 54001, stack depth"
                                + " limit exceeded",
                        "make the function SECURITY DEFINER with a pinned search_path: it runs past the policies")
                .repairedBy(functions.stream()
                        .map(f -> "ALTER FUNCTION " + f.name().sql() + "(" + String.join(", ", f.argumentTypes())
                                + ") SECURITY DEFINER;")
                        .collect(Collectors.joining(" ")));
    }

    /** A policy and the tables from its own back to itself. */
    private record Circle(Asked asked, List<QualifiedName> path) {}

    /** One finding for all that go round the same tables; it is enough to break them at one table. */
    private Finding finding(List<Circle> circles, Detour detour, String shows) {
        List<List<Asked>> places = circles.stream()
                .map(Circle::asked)
                .distinct()
                .collect(
                        Collectors.groupingBy(asked -> asked.policy().table(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .toList();
        Optional<List<Asked>> kept = places.stream()
                .filter(place -> place.stream().allMatch(detour::keeps))
                .findFirst();
        List<QualifiedName> path = circles.get(0).path();
        return circles.get(0)
                .asked()
                .finding(
                        id(),
                        Severity.ERROR,
                        "it looks into a table whose policies lead back ("
                                + path.stream().map(QualifiedName::toString).collect(Collectors.joining(" → "))
                                + "): every query ends in 42P17, infinite recursion detected in policy",
                        "ask a SECURITY DEFINER function with a pinned search_path instead of the table, at one place of the"
                                + " circle: it runs past the policies"
                                + (kept.isPresent()
                                        ? ""
                                        : "; let it look at rows of the caller only, which no policy here does, so that the"
                                                + " proposed SQL can but take one out"))
                .repairedBy(kept.orElse(places.get(0)).stream().map(detour::of).collect(Collectors.joining(" ")))
                .shownBy(shows);
    }

    /** The conditions that lead round. */
    private static String looks(List<QualifiedName> path, List<Asked> all, Catalog catalog) {
        return "SELECT schemaname, tablename, policyname, roles, qual, with_check FROM pg_catalog.pg_policies"
                + " WHERE (schemaname, tablename, policyname) IN ("
                + all.stream()
                        .filter(asked -> path.contains(asked.policy().table()))
                        .filter(asked -> asked.conditions()
                                .flatMap(c -> looksInto(c, catalog))
                                .anyMatch(path::contains))
                        .map(asked -> "(" + Sql.literal(asked.policy().table().schema()) + ", "
                                + Sql.literal(asked.policy().table().name()) + ", "
                                + Sql.literal(asked.policy().name()) + ")")
                        .collect(Collectors.joining(", "))
                + ") ORDER BY schemaname, tablename, policyname;";
    }

    /** The tables from the policy's own back to itself; empty when there is no way back. */
    private static List<QualifiedName> cycle(
            Asked asked, String role, List<Asked> all, Catalog catalog, Privileges privileges) {
        QualifiedName start = asked.policy().table();
        if (!isProtected(start, catalog)) {
            return List.of();
        }
        List<List<QualifiedName>> open = new ArrayList<>(List.of(List.of(start)));
        Set<QualifiedName> seen = new TreeSet<>();
        while (!open.isEmpty()) {
            List<QualifiedName> path = open.remove(0);
            QualifiedName last = path.get(path.size() - 1);
            List<Asked> asking = path.size() == 1
                    ? List.of(asked)
                    : reading(last, role, all, privileges).toList();
            for (QualifiedName next : asking.stream()
                    // further on, tables are only read, and reading asks USING alone
                    .flatMap(a -> path.size() == 1 ? a.conditions() : a.using().stream())
                    .flatMap(condition -> looksInto(condition, catalog))
                    .filter(table -> isProtected(table, catalog))
                    .distinct()
                    .toList()) {
                List<QualifiedName> longer =
                        Stream.concat(path.stream(), Stream.of(next)).toList();
                // the server expands a table's policies again only where one of them holds a sub-query
                if (next.equals(start)
                        && reading(start, role, all, privileges).anyMatch(PolicyRecursion::hasSubQuery)) {
                    return longer;
                }
                if (seen.add(next)) {
                    open.add(longer);
                }
            }
        }
        return List.of();
    }

    /** The policies that apply when the role reads a table. */
    private static Stream<Asked> reading(QualifiedName table, String role, List<Asked> all, Privileges privileges) {
        return all.stream()
                .filter(asked -> asked.policy().table().equals(table)
                        && asked.isFor(Command.SELECT)
                        && asked.apiRoles(privileges).contains(role));
    }

    private static boolean hasSubQuery(Asked asked) {
        return asked.using().stream().flatMap(Expression::everything).anyMatch(SubSelect.class::isInstance);
    }

    /** The tables that a condition reads with the rights of whoever asks. */
    private static Stream<QualifiedName> looksInto(Expression condition, Catalog catalog) {
        return condition
                .everything()
                .flatMap(e -> e instanceof SubSelect sub ? sub.query().reads() : Stream.empty())
                .distinct()
                .flatMap(name -> behind(name, catalog, Set.of()));
    }

    private static Stream<QualifiedName> behind(QualifiedName name, Catalog catalog, Set<QualifiedName> through) {
        boolean invoker = catalog.relation(name)
                .filter(r -> r.options().stream().anyMatch(o -> o.matches("security_invoker=(true|on|1|yes)")))
                .isPresent();
        if (!invoker || through.contains(name)) {
            return Stream.of(name);
        }
        Set<QualifiedName> further = new TreeSet<>(through);
        further.add(name);
        return catalog.expressions().view(name).map(View::query).stream()
                .flatMap(query -> query.reads())
                .flatMap(table -> behind(table, catalog, further));
    }

    private static boolean isProtected(QualifiedName table, Catalog catalog) {
        return catalog.relation(table).filter(Relation::rowSecurity).isPresent();
    }
}
