package app.trackpay.check.identity;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Constraint;
import app.trackpay.catalog.Index;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expression.Aggregate;
import app.trackpay.catalog.expression.Expression.Call;
import app.trackpay.catalog.expression.Expression.Case;
import app.trackpay.catalog.expression.Expression.Derived;
import app.trackpay.catalog.expression.Expression.Element;
import app.trackpay.catalog.expression.Expression.NullIf;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Function;
import app.trackpay.catalog.expression.Query;
import app.trackpay.check.identity.Origin.Kind;
import app.trackpay.plan.Plan;
import app.trackpay.plan.ProvidedFunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells the two kinds of user id apart: by the plan's declaration, by foreign keys, and by what functions give back. What neither tells stays
 * unknown.
 */
public final class Identities {

    /** The authentication service's own. */
    public static final ColumnName LOGIN = new ColumnName(new QualifiedName("auth", "users"), "id");

    /** The storage service keeps the login of who uploaded, without a key. */
    private static final Set<ColumnName> UPLOADED = Stream.of("objects", "buckets")
            .flatMap(table -> Stream.of("owner", "owner_id")
                    .map(column -> new ColumnName(new QualifiedName("storage", table), column)))
            .collect(Collectors.toUnmodifiableSet());

    /** Functions and aggregates whose result is one of the ids they are given. */
    private static final Set<String> TRANSPARENT =
            Set.of("unnest", "array_agg", "min", "max", "any_value", "uuid", "btrim");

    private final Plan plan;
    private final Catalog catalog;
    private final Map<ColumnName, Optional<Origin>> columns = new HashMap<>();
    private final Map<String, Optional<Origin>> functions = new HashMap<>();
    private final Set<Object> open = new HashSet<>();

    /** The identities of a catalog, in the light of a plan. */
    public Identities(Plan plan, Catalog catalog) {
        this.plan = plan;
        this.catalog = catalog;
    }

    /** What a column holds. */
    public Optional<Origin> column(ColumnName column) {
        Optional<Origin> known = columns.get(column);
        if (known == null) {
            // a cycle of keys leads nowhere
            known = open.add(column) ? find(column) : Optional.empty();
            columns.put(column, known);
        }
        return known;
    }

    /** What a function gives back. */
    public Optional<Origin> function(Function function) {
        Optional<Origin> known = functions.get(function.signature());
        if (known == null) {
            known = open.add(function.signature()) ? find(function) : Optional.empty();
            functions.put(function.signature(), known);
        }
        return known;
    }

    /** Every kind of id that a value can be; nothing when it is unknown. */
    public Stream<Origin> of(Expression value) {
        Expression core = value.core();
        if (Claims.path(core).filter(List.of("sub")::equals).isPresent()) {
            return Stream.of(new Origin(Kind.AUTH, "the token's sub", "the token's sub → " + LOGIN, true));
        }
        if (core instanceof Expression.Column column) {
            return column(new ColumnName(column.table(), column.name())).stream();
        }
        if (core instanceof Derived derived) {
            return derived.origins().stream().flatMap(this::of);
        }
        if (core instanceof Call call) {
            return function(call.function())
                    .map(Stream::of)
                    .orElseGet(() -> passedOn(call.function(), call.arguments()));
        }
        if (core instanceof Aggregate aggregate) {
            return passedOn(aggregate.function(), aggregate.parts());
        }
        if (core instanceof SubSelect sub) {
            return sub.kind() == SubSelect.Kind.VALUE || sub.kind() == SubSelect.Kind.ARRAY
                    ? sub.query().origins(0).stream().flatMap(this::of)
                    : Stream.empty();
        }
        if (core instanceof Case choice) {
            return Stream.concat(choice.branches().stream().map(Case.Branch::then), Stream.of(choice.otherwise()))
                    .flatMap(this::of);
        }
        if (core instanceof Expression.Coalesce
                || core instanceof Expression.Extreme
                || core instanceof Expression.Elements) {
            return core.parts().stream().flatMap(this::of);
        }
        if (core instanceof NullIf nullIf) {
            return of(nullIf.value());
        }
        return core instanceof Element element ? of(element.container()) : Stream.empty();
    }

    /** Whether a value is the id of whoever asks. */
    public boolean isCaller(Expression value) {
        return of(value).anyMatch(Origin::caller);
    }

    private Stream<Origin> passedOn(Function function, List<Expression> arguments) {
        return function.name().schema().equals("pg_catalog")
                        && TRANSPARENT.contains(function.name().name())
                ? arguments.stream().limit(1).flatMap(this::of)
                : Stream.empty();
    }

    private Optional<Origin> find(ColumnName column) {
        if (column.equals(LOGIN)) {
            return Optional.of(stored(Kind.AUTH, column, "", column.toString()));
        }
        if (UPLOADED.contains(column)) {
            return Optional.of(stored(Kind.AUTH, column, " (who uploaded it)", LOGIN.toString()));
        }
        if (plan.identity().auth().contains(column)) {
            return Optional.of(stored(Kind.AUTH, column, " (declared)", LOGIN.toString()));
        }
        if (plan.identity().internal().contains(column)) {
            return Optional.of(stored(Kind.INTERNAL, column, " (declared)", internal(column)));
        }
        return key(column).or(() -> view(column)).or(() -> ownId(column));
    }

    private Optional<Origin> key(ColumnName column) {
        return catalog.constraints().stream()
                .filter(c ->
                        c.type() == Constraint.Type.FOREIGN_KEY && c.table().equals(column.table()))
                .filter(c ->
                        c.columns().contains(column.column()) && c.reference().isPresent())
                .flatMap(c -> {
                    Constraint.Reference far = c.reference().orElseThrow();
                    ColumnName target = new ColumnName(
                            far.table(), far.columns().get(c.columns().indexOf(column.column())));
                    return column(target).stream().map(origin -> through(column, target, origin));
                })
                .findFirst();
    }

    private static Origin through(ColumnName column, ColumnName target, Origin origin) {
        String further = origin.why().contains("(foreign key)")
                ? origin.why().substring(target.toString().length())
                : "";
        return new Origin(
                origin.kind(), column.toString(), column + " → " + target + " (foreign key)" + further, false);
    }

    private Optional<Origin> view(ColumnName column) {
        return catalog.expressions().view(column.table()).stream()
                .flatMap(view -> {
                    List<String> names = view.query().outputs().stream()
                            .map(Query.Output::name)
                            .toList();
                    return view.query().origins(names.indexOf(column.column())).stream();
                })
                .flatMap(this::of)
                .findFirst()
                .map(origin ->
                        new Origin(origin.kind(), column.toString(), column + " → " + origin.why(), origin.caller()));
    }

    /** A key that makes its own ids, in a table that keeps each row's login in another, unique column. */
    private Optional<Origin> ownId(ColumnName column) {
        Optional<Relation> table = catalog.relation(column.table());
        boolean generated = table.flatMap(t -> t.column(column.column()))
                .flatMap(Column::defaultExpression)
                .filter(text -> text.contains("gen_random_uuid()") || text.contains("uuid_generate_v"))
                .isPresent();
        boolean key = generated
                && catalog.constraints().stream()
                        .anyMatch(c -> c.type() == Constraint.Type.PRIMARY_KEY
                                && c.table().equals(column.table())
                                && c.columns().equals(List.of(column.column())));
        return key
                ? table.stream()
                        .flatMap(t -> t.columns().stream())
                        .filter(c -> !c.name().equals(column.column()))
                        .map(c -> new ColumnName(column.table(), c.name()))
                        .filter(other -> isUnique(other)
                                && column(other)
                                        .filter(origin -> origin.kind() == Kind.AUTH)
                                        .isPresent())
                        .findFirst()
                        .map(login -> stored(
                                Kind.INTERNAL,
                                column,
                                "",
                                "ids of its own (" + login.column() + " beside it is the login)"))
                : Optional.empty();
    }

    private boolean isUnique(ColumnName column) {
        return catalog.indexes().stream()
                .filter(Index::unique)
                .anyMatch(i -> i.table().equals(column.table()) && i.keys().equals(List.of(column.column())));
    }

    private String internal(ColumnName column) {
        ColumnName root = plan.identity().internal().get(0);
        return column.equals(root) ? "ids of its own" : root.toString();
    }

    private static Origin stored(Kind kind, ColumnName column, String how, String to) {
        return new Origin(kind, column.toString(), column + " → " + to + how, false);
    }

    private Optional<Origin> find(Function function) {
        if (function.is("auth", "uid") && function.argumentTypes().isEmpty()) {
            return Optional.of(new Origin(Kind.AUTH, "auth.uid()", "auth.uid() → " + LOGIN, true));
        }
        if (plan.identity()
                .helper()
                .filter(helper -> isHelper(helper, function))
                .isPresent()) {
            String to = plan.identity().internal().stream()
                    .findFirst()
                    .map(ColumnName::toString)
                    .orElse("the application's own ids");
            return Optional.of(new Origin(
                    Kind.INTERNAL, function.signature(), function.signature() + " → " + to + " (declared)", true));
        }
        return catalog.expressions()
                .body(function)
                .map(body -> body.statements().stream()
                        .skip(Math.max(0, body.statements().size() - 1))
                        .flatMap(last -> last.origins(0).stream())
                        .flatMap(this::of)
                        .findFirst())
                .orElseGet(() -> source(function))
                .map(origin -> new Origin(
                        origin.kind(),
                        function.signature(),
                        function.signature() + " → " + origin.why(),
                        // a table's column that a function without arguments picks is the caller's
                        origin.caller() || function.argumentTypes().isEmpty()));
    }

    private static boolean isHelper(ProvidedFunction helper, Function function) {
        return helper.name().equals(function.name())
                && helper.argumentTypes().size() == function.argumentTypes().size();
    }

    private Optional<Origin> source(Function function) {
        if (function.body().isEmpty() || !Set.of("sql", "plpgsql").contains(function.language())) {
            return Optional.empty();
        }
        SourceBody body = SourceBody.of(function);
        if (body.isSubject()) {
            return Optional.of(new Origin(Kind.AUTH, "the token's sub", "the token's sub → " + LOGIN, true));
        }
        return body.given().flatMap(given -> given.call() ? called(given) : selected(given));
    }

    private Optional<Origin> called(SourceBody.Given given) {
        return catalog.expressions().functions().stream()
                .filter(f -> f.argumentTypes().isEmpty() && f.name().name().equals(given.name()))
                .filter(f -> given.schema().isEmpty() || f.name().schema().equals(given.schema()))
                .flatMap(f -> function(f).stream())
                .findFirst();
    }

    private Optional<Origin> selected(SourceBody.Given given) {
        return Stream.concat(plan.scope().schemas().stream(), Stream.of("public"))
                .filter(schema -> given.schema().isEmpty())
                .findFirst()
                .or(() -> Optional.of(given.schema()))
                .flatMap(schema -> column(new ColumnName(new QualifiedName(schema, given.name()), given.column())));
    }
}
