package app.trackpay.catalog.expression;

import app.trackpay.catalog.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A query, or a statement in a function's body.
 *
 * @param common its WITH queries
 * @param sources what it reads, in the order of FROM
 * @param outputs what it gives: the SELECT list or RETURNING
 * @param conditions what every row must pass: WHERE and the conditions of inner joins
 * @param others expressions elsewhere in it: outer joins, GROUP BY, HAVING, LIMIT
 * @param assignments what it writes to columns
 * @param branches the parts of a UNION, INTERSECT or EXCEPT; then the query itself has no sources
 */
public record Query(
        Command command,
        List<Common> common,
        List<Source> sources,
        List<Output> outputs,
        List<Expression> conditions,
        List<Expression> others,
        List<Assignment> assignments,
        List<Query> branches) {

    /** What it does. */
    public enum Command {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        MERGE,
        OTHER
    }

    /** A WITH query. */
    public record Common(String name, Query query) {}

    /** A column of the result. */
    public record Output(String name, Expression value) {}

    /** A value that is written. */
    public record Assignment(QualifiedName table, String column, Expression value) {}

    /** Something to read from. */
    public sealed interface Source {

        /** What the query calls it. */
        String alias();

        /** A table or view. */
        record Relation(QualifiedName name, String alias) implements Source {}

        /** A sub-query. */
        record Nested(Query query, String alias) implements Source {}

        /** A WITH query of this query or one around it. */
        record WithQuery(String name, String alias) implements Source {}

        /** Functions, VALUES and the rest. */
        record Computed(List<Expression> expressions, String alias) implements Source {}
    }

    /** All expressions in it, in the order in which SQL writes them. */
    public Stream<Expression> expressions() {
        return Stream.of(
                        common.stream().flatMap(c -> c.query().expressions()),
                        outputs.stream().map(Output::value),
                        assignments.stream().map(Assignment::value),
                        sources.stream().flatMap(Query::expressions),
                        conditions.stream(),
                        others.stream(),
                        branches.stream().flatMap(Query::expressions))
                .flatMap(all -> all);
    }

    private static Stream<Expression> expressions(Source source) {
        if (source instanceof Source.Nested nested) {
            return nested.query().expressions();
        }
        return source instanceof Source.Computed computed ? computed.expressions().stream() : Stream.empty();
    }

    /** This query and every query in it. */
    public Stream<Query> everyQuery() {
        return Stream.of(
                        Stream.of(this),
                        common.stream().flatMap(c -> c.query().everyQuery()),
                        sources.stream()
                                .flatMap(s ->
                                        s instanceof Source.Nested n ? n.query().everyQuery() : Stream.empty()),
                        branches.stream().flatMap(Query::everyQuery),
                        own().flatMap(Expression::everything)
                                .flatMap(e ->
                                        e instanceof Expression.SubSelect sub ? Stream.of(sub.query()) : Stream.empty())
                                .flatMap(Query::everyQuery))
                .flatMap(all -> all)
                .distinct();
    }

    private Stream<Expression> own() {
        return Stream.of(
                        outputs.stream().map(Output::value),
                        assignments.stream().map(Assignment::value),
                        sources.stream()
                                .flatMap(s ->
                                        s instanceof Source.Computed c ? c.expressions().stream() : Stream.empty()),
                        conditions.stream(),
                        others.stream())
                .flatMap(all -> all);
    }

    /** The tables and views that it reads, itself or in any query inside. */
    public Stream<QualifiedName> reads() {
        return everyQuery()
                .flatMap(q -> q.sources().stream())
                .flatMap(s -> s instanceof Source.Relation relation ? Stream.of(relation.name()) : Stream.empty())
                .distinct();
    }

    /** What a column of the result comes from, from 0: one expression, or one for each branch. */
    public List<Expression> origins(int column) {
        if (!branches.isEmpty()) {
            return branches.stream().flatMap(b -> b.origins(column).stream()).toList();
        }
        return Optional.of(column).filter(c -> c >= 0 && c < outputs.size()).stream()
                .map(c -> outputs.get(c).value())
                .toList();
    }

    /** {@code SELECT x}, of nothing. */
    boolean isBareValue() {
        return command == Command.SELECT
                && outputs.size() == 1
                && sources.isEmpty()
                && branches.isEmpty()
                && conditions.isEmpty()
                && others.isEmpty();
    }
}
