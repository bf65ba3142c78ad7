package app.trackpay.catalog.expression;

import app.trackpay.catalog.expression.Query.Assignment;
import app.trackpay.catalog.expression.Query.Command;
import app.trackpay.catalog.expression.Query.Output;
import app.trackpay.catalog.expression.Query.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Understands the trees of queries. */
final class QueryReader {

    /** Kinds of entries of a range table, as the server numbers them. */
    static final int RELATION = 0;

    static final int SUBQUERY = 1;
    static final int JOIN = 2;
    static final int FUNCTION = 3;
    static final int VALUES = 5;
    static final int WITH = 6;
    static final int GROUP = 9;

    private static final int INNER_JOIN = 0;
    private static final Command[] COMMANDS = {
        Command.OTHER, Command.SELECT, Command.UPDATE, Command.INSERT, Command.DELETE, Command.MERGE
    };

    private final Names names;
    private final ExpressionResolver expressions;

    QueryReader(Names names, ExpressionResolver expressions) {
        this.names = names;
        this.expressions = expressions;
    }

    Query read(Node query, Optional<Level> outer) {
        Level level = Level.of(
                query.field("rtable").elements(), query.field("cteList").elements(), outer);
        level.withList().forEach(with -> withQuery(level, with.field("ctename").text()));
        List<Source> sources = new ArrayList<>();
        List<Expression> conditions = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        join(query.field("jointree"), level, false, sources, conditions, others);
        Command command = command(query);
        for (String field : List.of(
                "onConflict", "mergeActionList", "mergeJoinCondition", "havingQual", "limitOffset", "limitCount")) {
            others.addAll(expressions.anywhere(query.field(field), level));
        }
        List<Node> targets = query.field("targetList").elements();
        List<Node> given = command == Command.SELECT
                ? targets
                : query.field("returningList").elements();
        if (command == Command.SELECT) {
            targets.stream()
                    .filter(t -> t.flag("resjunk"))
                    .forEach(t -> others.add(expressions.read(t.field("expr"), level)));
        }
        List<Query> branches = new ArrayList<>();
        branches(query.field("setOperations"), level, branches);
        return new Query(
                command,
                level.common(),
                branches.isEmpty() ? List.copyOf(sources) : List.of(),
                given.stream()
                        .filter(t -> !t.flag("resjunk"))
                        .map(t -> new Output(
                                t.field("resname").text(),
                                branches.isEmpty() ? expressions.read(t.field("expr"), level) : derived(branches, t)))
                        .toList(),
                List.copyOf(conditions),
                List.copyOf(others),
                command == Command.SELECT || command == Command.DELETE ? List.of() : assignments(query, targets, level),
                List.copyOf(branches));
    }

    private static Expression derived(List<Query> branches, Node target) {
        int column = (int) target.number("resno") - 1;
        return new Expression.Derived(
                "",
                target.field("resname").text(),
                branches.stream().flatMap(b -> b.origins(column).stream()).toList(),
                0);
    }

    private static Command command(Node query) {
        int type = (int) query.number("commandType");
        return type < COMMANDS.length ? COMMANDS[type] : Command.OTHER;
    }

    private List<Assignment> assignments(Node query, List<Node> targets, Level level) {
        long result = query.number("resultRelation");
        if (result == 0) {
            return List.of();
        }
        return names.relation(level.entry(result).number("relid")).stream()
                .flatMap(table -> targets.stream()
                        .filter(t -> !t.flag("resjunk"))
                        .map(t -> new Assignment(
                                table.name(),
                                table.columns().get((int) t.number("resno") - 1),
                                expressions.read(t.field("expr"), level))))
                .toList();
    }

    /** FROM and its joins. On the nullable side of an outer join a condition does not keep rows away. */
    private void join(
            Node node,
            Level level,
            boolean outerJoin,
            List<Source> sources,
            List<Expression> conditions,
            List<Expression> others) {
        if (!(node instanceof Node.Struct struct)) {
            return;
        }
        switch (struct.name()) {
            case "RANGETBLREF" -> sources.add(source(level, node.number("rtindex")));
            case "JOINEXPR" -> {
                boolean outer = outerJoin || node.number("jointype") != INNER_JOIN;
                join(node.field("larg"), level, outer, sources, conditions, others);
                join(node.field("rarg"), level, outer, sources, conditions, others);
                optional(node.field("quals"), level).ifPresent(outer ? others::add : conditions::add);
            }
            case "FROMEXPR" -> {
                node.field("fromlist")
                        .elements()
                        .forEach(from -> join(from, level, outerJoin, sources, conditions, others));
                optional(node.field("quals"), level).ifPresent(conditions::add);
            }
            default -> others.add(new Expression.Unknown(struct.name()));
        }
    }

    private Optional<Expression> optional(Node node, Level level) {
        return node.isEmpty() ? Optional.empty() : Optional.of(expressions.read(node, level));
    }

    private Source source(Level level, long number) {
        Node entry = level.entry(number);
        String alias = alias(entry);
        return switch ((int) entry.number("rtekind")) {
            case RELATION ->
                names.relation(entry.number("relid"))
                        .<Source>map(table -> new Source.Relation(table.name(), alias))
                        .orElseGet(() -> new Source.Computed(
                                List.of(new Expression.Unknown("a relation without a name")), alias));
            case SUBQUERY -> new Source.Nested(nested(level, (int) number), alias);
            case WITH -> new Source.WithQuery(entry.field("ctename").text(), alias);
            default ->
                new Source.Computed(
                        Stream.of("functions", "values_lists", "tablefunc")
                                .flatMap(field -> expressions.anywhere(entry.field(field), level).stream())
                                .toList(),
                        alias);
        };
    }

    static String alias(Node entry) {
        return entry.field("eref").field("aliasname").text();
    }

    /** A sub-query in FROM, read once. */
    Query nested(Level level, int number) {
        Query known = level.nested().get(number);
        if (known == null) {
            known = read(level.entry(number).field("subquery"), Optional.of(level));
            level.nested().put(number, known);
        }
        return known;
    }

    /** A WITH query of a level, read once; empty within itself. */
    Optional<Query> withQuery(Level level, String name) {
        if (!level.with().containsKey(name) && level.open().add(name)) {
            level.withList().stream()
                    .filter(with -> with.field("ctename").text().equals(name))
                    .findFirst()
                    .ifPresent(with -> level.with().put(name, read(with.field("ctequery"), Optional.of(level))));
        }
        return Optional.ofNullable(level.with().get(name));
    }

    private void branches(Node node, Level level, List<Query> branches) {
        if (node instanceof Node.Struct struct) {
            switch (struct.name()) {
                case "SETOPERATIONSTMT" -> {
                    branches(node.field("larg"), level, branches);
                    branches(node.field("rarg"), level, branches);
                }
                case "RANGETBLREF" -> branches.add(nested(level, (int) node.number("rtindex")));
                default -> throw new IllegalArgumentException("unexpected " + struct.name() + " in a set operation");
            }
        }
    }
}
