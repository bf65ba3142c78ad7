package app.trackpay.check.rls;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Column;
import app.trackpay.catalog.expression.Expression.Unknown;
import app.trackpay.catalog.expression.Expressions.Body;
import app.trackpay.catalog.expression.Function;
import app.trackpay.check.Check;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.check.Sql;
import app.trackpay.check.identity.Comparison;
import app.trackpay.check.identity.Identities;
import app.trackpay.check.identity.Origin;
import app.trackpay.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A login's id compared with an id of the application's own users: two UUIDs that are never the same, and no error to say so.
 *
 * <p>Columns that nothing is known of are listed once, as information. A condition that holds something unreadable is nobody's pass: it is
 * told here, for all checks that read conditions.
 */
public final class WrongIdentity implements Check {

    private static final String READ_YOURSELF =
            "write it in other words; or read it yourself and, when it is right, suppress"
                    + " wrong-identity for it with your reason";

    /** Which of two stored ids is the wrong one, only the author knows. */
    private static final String CLOSED =
            "; how to write that here is not sure, so the SQL only closes what the policy opens: write it anew";

    @Override
    public String id() {
        return "wrong-identity";
    }

    @Override
    public Stream<Finding> findings(Plan plan, Catalog catalog) {
        Identities identities = new Identities(plan, catalog);
        return Stream.of(
                        Asked.withPlatform(plan, catalog).flatMap(asked -> policy(asked, plan, identities)),
                        catalog.expressions().views().stream()
                                .filter(view -> plan.scope().covers(view.name()))
                                .flatMap(view -> view(
                                        catalog.relation(view.name()).stream(),
                                        Comparison.in(view.query()),
                                        view.query().expressions().toList(),
                                        plan,
                                        identities)),
                        catalog.expressions().bodies().stream()
                                .filter(body -> plan.scope()
                                        .schemas()
                                        .contains(body.function().name().schema()))
                                .flatMap(body -> function(body, plan, identities)),
                        unread(plan, catalog),
                        unknown(plan, catalog, identities))
                .flatMap(all -> all);
    }

    private Stream<Finding> policy(Asked asked, Plan plan, Identities identities) {
        List<Mismatch> found = mismatches(asked.conditions().flatMap(Comparison::in), identities);
        Stream<Finding> unread = unread(asked.conditions())
                .map(what -> asked.finding(id(), Severity.COULD_NOT_RUN, unread("the policy", what), READ_YOURSELF));
        if (found.isEmpty()) {
            return unread;
        }
        Correction correction = new Correction(found, plan, identities);
        Finding finding = asked.finding(id(), Severity.ERROR, message(found), fix(found, plan))
                .shownBy(StoredIds.beside(
                        "p.qual, p.with_check",
                        "pg_catalog.pg_policies p",
                        "p.schemaname = " + Sql.literal(asked.policy().table().schema()) + " AND p.tablename = "
                                + Sql.literal(asked.policy().table().name()) + " AND p.policyname = "
                                + Sql.literal(asked.policy().name()),
                        found,
                        identities));
        Optional<String> using = asked.policy()
                .using()
                .flatMap(text -> correction.of(text, asked.using().stream().toList()));
        Optional<String> check = asked.policy()
                .withCheck()
                .flatMap(text -> correction.of(text, asked.check().stream().toList()));
        boolean complete = using.isPresent() == asked.policy().using().isPresent()
                && check.isPresent() == asked.policy().withCheck().isPresent();
        Finding repaired = complete
                ? finding.repairedBy(asked.alter(using, check))
                : finding.advising(finding.fix() + CLOSED).repairedBy(asked.close());
        return Stream.concat(Stream.of(repaired), unread);
    }

    private Stream<Finding> view(
            Stream<Relation> views,
            Stream<Comparison> comparisons,
            List<Expression> expressions,
            Plan plan,
            Identities identities) {
        List<Mismatch> found = mismatches(comparisons, identities);
        Correction correction = new Correction(found, plan, identities);
        return found.isEmpty()
                ? Stream.empty()
                : views.map(view -> {
                    Finding finding = new Finding(
                                    id(),
                                    Severity.ERROR,
                                    view.kind() + " " + view.name(),
                                    message(found),
                                    fix(found, plan))
                            .shownBy(StoredIds.beside(
                                    "pg_catalog.pg_get_viewdef(v.oid) AS definition",
                                    "pg_catalog.pg_class v",
                                    "v.oid = " + Sql.regclass(view.name()),
                                    found,
                                    identities));
                    return view.kind() == Relation.Kind.VIEW
                            ? view.definition()
                                    .flatMap(text -> correction.of(text, expressions))
                                    .map(text -> finding.repairedBy("CREATE OR REPLACE VIEW "
                                            + view.name().sql()
                                            + (view.options().isEmpty()
                                                    ? ""
                                                    : " WITH (" + String.join(", ", view.options()) + ")")
                                            + " AS " + text))
                                    .orElse(finding)
                            : finding;
                });
    }

    private Stream<Finding> function(Body body, Plan plan, Identities identities) {
        List<Mismatch> found = mismatches(body.statements().stream().flatMap(Comparison::in), identities);
        if (found.isEmpty()) {
            return Stream.empty();
        }
        Function function = body.function();
        String oid = oid(function);
        Finding finding = new Finding(
                        id(), Severity.ERROR, "function " + function.signature(), message(found), fix(found, plan))
                .shownBy(StoredIds.beside(
                        "pg_catalog.pg_get_functiondef(f.oid) AS definition",
                        "pg_catalog.pg_proc f",
                        "f.oid = " + oid,
                        found,
                        identities));
        return Stream.of(new Correction(found, plan, identities)
                .everywhere(
                        body.statements().stream().flatMap(q -> q.expressions()).toList())
                .map(change -> finding.repairedBy(Rewriting.body(oid, change.getKey(), change.getValue())))
                .orElse(finding));
    }

    private static String oid(Function function) {
        return Sql.literal(function.name().sql() + "(" + String.join(", ", function.argumentTypes()) + ")")
                + "::pg_catalog.regprocedure";
    }

    /** Views and functions of which a part was not understood: they cannot be called clean. */
    private Stream<Finding> unread(Plan plan, Catalog catalog) {
        return Stream.concat(
                catalog.expressions().views().stream()
                        .filter(view -> plan.scope().covers(view.name()))
                        .flatMap(view -> unread(view.query().expressions())
                                .map(what -> unread(
                                        "view",
                                        "view " + view.name(),
                                        what,
                                        "pg_catalog.pg_get_viewdef(" + Sql.regclass(view.name()) + ")"))),
                catalog.expressions().bodies().stream()
                        .filter(body -> plan.scope()
                                .schemas()
                                .contains(body.function().name().schema()))
                        .flatMap(body -> unread(body.statements().stream().flatMap(q -> q.expressions()))
                                .map(what -> unread(
                                        "function",
                                        "function " + body.function().signature(),
                                        what,
                                        "pg_catalog.pg_get_functiondef(" + oid(body.function()) + ")"))));
    }

    /** What was not understood of an object, all of it in one text; empty when there is nothing. */
    private static Stream<String> unread(Stream<Expression> expressions) {
        String all = expressions
                .flatMap(Expression::everything)
                .flatMap(e -> e instanceof Unknown unknown ? Stream.of(unknown.what()) : Stream.empty())
                .distinct()
                .collect(Collectors.joining(", "));
        return Stream.of(all).filter(what -> !what.isEmpty());
    }

    private Finding unread(String kind, String object, String what, String definition) {
        return new Finding(id(), Severity.COULD_NOT_RUN, object, unread("the " + kind, what), READ_YOURSELF)
                .shownBy("SELECT " + definition + " AS definition;");
    }

    private static String unread(String kind, String what) {
        return kind + " holds " + what
                + ", which this version of the plugin cannot read: neither this check nor the others"
                + " that read conditions could be asked of it";
    }

    private static List<Mismatch> mismatches(Stream<Comparison> comparisons, Identities identities) {
        return comparisons
                .flatMap(comparison -> Mismatch.in(comparison, identities).stream())
                .toList();
    }

    private static String message(List<Mismatch> found) {
        return found.stream().map(Mismatch::message).distinct().collect(Collectors.joining("; "));
    }

    private static String fix(List<Mismatch> found, Plan plan) {
        return found.stream()
                .flatMap(m -> m.wanted().stream())
                .distinct()
                .map(kind -> kind == Origin.Kind.AUTH
                        ? "compare with (SELECT auth.uid())"
                        : plan.identity()
                                .helper()
                                .map(helper -> "compare with (SELECT " + helper.signature() + ")")
                                .orElse("compare with the caller's own row of the users' table, found by auth.uid()"))
                .findFirst()
                .orElse("compare columns that hold ids of one kind");
    }

    /** Columns compared with the caller of which neither a key nor the plan says what they hold. */
    private Stream<Finding> unknown(Plan plan, Catalog catalog, Identities identities) {
        return Asked.of(plan, catalog)
                .flatMap(Asked::conditions)
                .flatMap(Comparison::in)
                .flatMap(c -> Stream.concat(
                        unknown(c.left(), c.right(), identities), unknown(c.right(), c.left(), identities)))
                .distinct()
                .map(column -> new Finding(
                                id(),
                                Severity.INFO,
                                "column " + column.table() + "." + column.name(),
                                "policies compare it with the caller's id, and neither a foreign key nor the plan tells"
                                        + " which kind of id it holds",
                                "declare it in trackpay.yaml under identity: auth: (ids of auth.users) or identity:"
                                        + " internal: (ids of your own users)")
                        .shownBy("SELECT conname, pg_catalog.pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint"
                                + " WHERE contype = 'f' AND conrelid = "
                                + Sql.literal(column.table().sql()) + "::pg_catalog.regclass;"));
    }

    private static Stream<Column> unknown(Expression value, Expression other, Identities identities) {
        return identities.isCaller(other)
                        && value.core() instanceof Column column
                        && identities.of(column).findAny().isEmpty()
                ? Stream.of(new Column(column.table(), column.name(), "", 0))
                : Stream.empty();
    }
}
