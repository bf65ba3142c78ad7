package app.trackpay.catalog.expression;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;

/**
 * Everything a database keeps as a tree, with its names resolved.
 *
 * @param policies sorted by table and name
 * @param views materialized views too, sorted by name
 * @param bodies functions whose body is stored as a tree ({@code RETURN}, {@code BEGIN ATOMIC}), sorted by signature
 * @param functions every function that something calls, and those of the users' own schemas, sorted by signature
 */
public record Expressions(
        List<PolicyExpression> policies, List<View> views, List<Body> bodies, List<Function> functions) {

    /** A database without any. */
    public static final Expressions NONE = new Expressions(List.of(), List.of(), List.of(), List.of());

    /** The two conditions of a policy. */
    public record PolicyExpression(
            QualifiedName table, String policy, Optional<Expression> using, Optional<Expression> check) {}

    /** The query that is a view. */
    public record View(QualifiedName name, Query query) {}

    /** The statements of a function. */
    public record Body(Function function, List<Query> statements) {}

    public Optional<PolicyExpression> policy(QualifiedName table, String policy) {
        return policies.stream()
                .filter(p -> p.table().equals(table) && p.policy().equals(policy))
                .findFirst();
    }

    public Optional<View> view(QualifiedName name) {
        return views.stream().filter(v -> v.name().equals(name)).findFirst();
    }

    public Optional<Body> body(Function function) {
        return bodies.stream()
                .filter(b -> b.function().signature().equals(function.signature()))
                .findFirst();
    }
}
