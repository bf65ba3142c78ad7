package app.trackpay.catalog.expression;

import app.trackpay.catalog.expression.Expression.Unknown;
import app.trackpay.catalog.expression.Query.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the server's stored trees. What it cannot read becomes {@link Unknown} and is never left out. */
public final class TreeReader {

    private final Names names;

    /** Reads the trees of the server to which these names belong. */
    public TreeReader(Names names) {
        this.names = names;
    }

    /**
     * A policy's condition.
     *
     * @param table the number of the policy's table
     */
    public Expression condition(String tree, long table) {
        try {
            Level level = Level.of(List.of(row(table)), List.of(), Optional.empty());
            return new ExpressionResolver(names).read(NodeText.read(tree), level);
        } catch (RuntimeException e) {
            return unreadable(e);
        }
    }

    /** The queries of a view's rule or a function's body. */
    public List<Query> queries(String tree) {
        try {
            return all(NodeText.read(tree))
                    .map(query -> new ExpressionResolver(names).queries().read(query, Optional.empty()))
                    .toList();
        } catch (RuntimeException e) {
            return List.of(new Query(
                    Command.OTHER,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(unreadable(e)),
                    List.of(),
                    List.of()));
        }
    }

    /** Whatever goes wrong inside, the one answer is that the tree was not understood. */
    private static Unknown unreadable(RuntimeException e) {
        return new Unknown("a tree that could not be read: " + e.getMessage());
    }

    private static Stream<Node> all(Node node) {
        return node instanceof Node.Struct
                ? Stream.of(node)
                : node.elements().stream().flatMap(TreeReader::all);
    }

    /** What a policy's columns refer to stands in no tree: its own table, number 1. */
    private Node row(long table) {
        Map<String, Node> alias = new LinkedHashMap<>();
        names.relation(table).ifPresent(t -> {
            alias.put("aliasname", new Node.Word(t.name().name()));
            alias.put(
                    "colnames",
                    new Node.Many(t.columns().stream().<Node>map(Node.Word::new).toList()));
        });
        return new Node.Struct(
                "RTE",
                Map.of(
                        "rtekind", new Node.Word("0"),
                        "relid", new Node.Word(Long.toString(table)),
                        "eref", new Node.Struct("ALIAS", alias)));
    }
}
