package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Query;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.check.identity.Identities;
import app.trackpay.plan.Plan;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Logins that users can see, or search, beyond their own: through a view with its owner's rights, or in a policy. */
public final class AuthUsersExposed implements Check {

    private static final QualifiedName USERS = Identities.LOGIN.table();

    @Override
    public String id() {
        return "auth-users-exposed";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Identities identities = new Identities(plan, catalog);
        ApiReach reach = new ApiReach(plan, catalog);
        return Stream.concat(
                catalog.relations().stream()
                        .filter(r -> plan.scope().schemas().contains(r.name().schema()))
                        .filter(r -> leads(r.name(), catalog, identities, Set.of()))
                        .flatMap(view -> view(view, reach.readers(view.name()), reach)),
                Asked.of(plan, catalog)
                        .filter(asked -> asked.conditions()
                                .flatMap(Expression::everything)
                                .anyMatch(e ->
                                        e instanceof SubSelect sub && reads(sub.query()) && !isBound(sub, identities)))
                        .map(this::policy));
    }

    private Stream<Finding> view(Relation view, List<String> readers, ApiReach reach) {
        return readers.isEmpty()
                ? Stream.empty()
                : Stream.of(new Finding(
                                id(),
                                Severity.ERROR,
                                view.kind() + " " + view.name(),
                                "it shows rows of auth.users, which no user may read, with its owner's rights: "
                                        + String.join(" and ", readers) + " can read every login through it",
                                "take it from the API roles, or bind it to the caller: WHERE id = (SELECT auth.uid())")
                        .repairedBy("REVOKE SELECT ON " + view.name().sql() + " FROM "
                                + Sql.roles(reach.sources(view, "SELECT", readers)) + ";")
                        .shownBy("SELECT api.role, (SELECT pg_catalog.count(*) FROM "
                                + view.name().sql()
                                + ") AS rows_open_to_it FROM " + Sql.roleRows(readers)
                                + " AS api (role) WHERE pg_catalog.has_any_column_privilege(api.role, "
                                + Sql.regclass(view.name()) + ", 'SELECT');"));
    }

    private Finding policy(Asked asked) {
        return asked.finding(
                        id(),
                        Severity.ERROR,
                        "it searches auth.users without binding the search to the caller: whoever may read that table is taken for"
                                + " others, and for whoever may not, every query here ends in 42501",
                        "compare auth.users.id with auth.uid() in the same sub-query, or take what is needed from the token:"
                                + " auth.jwt() ->> 'email'")
                .repairedBy(asked.close());
    }

    /** Whether a view shows logins that are not the caller's, itself or through another. */
    private static boolean leads(
            QualifiedName view, Catalog catalog, Identities identities, Set<QualifiedName> through) {
        boolean invoker = catalog.relation(view)
                .filter(r -> r.options().stream().anyMatch(o -> o.matches("security_invoker=(true|on|1|yes)")))
                .isPresent();
        if (invoker || through.contains(view)) {
            return false;
        }
        Set<QualifiedName> further = new TreeSet<>(through);
        further.add(view);
        return catalog.expressions().view(view).stream()
                .flatMap(v -> v.query().everyQuery())
                .filter(query -> !isBound(query, identities))
                .flatMap(query -> query.sources().stream())
                .anyMatch(source -> source instanceof Query.Source.Relation relation
                        && (relation.name().equals(USERS) || leads(relation.name(), catalog, identities, further)));
    }

    private static boolean reads(Query query) {
        return query.sources().stream()
                .anyMatch(s -> s instanceof Query.Source.Relation relation
                        && relation.name().equals(USERS));
    }

    private static boolean isBound(SubSelect sub, Identities identities) {
        return isBound(sub.query(), identities)
                || sub.test().filter(test -> binds(test, identities)).isPresent();
    }

    /** Whether the query's conditions hold every row of auth.users against the caller, if need be by way of other columns. */
    private static boolean isBound(Query query, Identities identities) {
        Set<Expression> same = new HashSet<>();
        boolean grown = true;
        List<Expression> equalities =
                query.conditions().stream().flatMap(AuthUsersExposed::each).toList();
        while (grown) {
            grown = false;
            for (Expression equality : equalities) {
                List<Expression> sides = sides(equality);
                boolean touches = sides.stream()
                        .anyMatch(s -> same.contains(s) || !(s instanceof Column) && identities.isCaller(s));
                if (touches && same.addAll(sides)) {
                    grown = true;
                }
            }
        }
        return same.stream().anyMatch(AuthUsersExposed::isLogin);
    }

    private static boolean binds(Expression test, Identities identities) {
        List<Expression> sides = sides(test);
        return sides.stream().anyMatch(identities::isCaller)
                && sides.stream()
                        .anyMatch(s -> s instanceof Expression.Derived d
                                && d.origins().stream().anyMatch(AuthUsersExposed::isLogin));
    }

    private static boolean isLogin(Expression expression) {
        return expression.core() instanceof Column column
                && column.table().equals(USERS)
                && column.name().equals(Identities.LOGIN.column());
    }

    private static Stream<Expression> each(Expression condition) {
        return condition.core() instanceof Expression.And and
                ? and.parts().stream().flatMap(AuthUsersExposed::each)
                : Stream.of(condition.core());
    }

    private static List<Expression> sides(Expression equality) {
        return equality instanceof Expression.Operation operation
                        && operation.operator().isAnyOf("=")
                        && operation.operands().size() == 2
                ? operation.operands().stream().map(Expression::core).toList()
                : List.of();
    }
}
