package app.trackpay.database;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.expression.Expression;
import app.trackpay.catalog.expression.Expressions;
import app.trackpay.catalog.expression.Expressions.Body;
import app.trackpay.catalog.expression.Expressions.PolicyExpression;
import app.trackpay.catalog.expression.Expressions.View;
import app.trackpay.catalog.expression.Function;
import app.trackpay.catalog.expression.Names;
import app.trackpay.catalog.expression.Operator;
import app.trackpay.catalog.expression.TreeReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gathers the rows of {@code expressions.sql}: trees are read when all names are there. */
final class ExpressionAssembly {

    /** What comes before a routine's settings in its details. */
    private static final int SETTINGS = 4;

    private static final String USING = "using";

    private record Tree(String kind, long oid, QualifiedName name, String part, String text) {}

    private record PolicyName(QualifiedName table, String policy) {}

    private final Map<Long, Function> functions = new HashMap<>();
    private final Map<Long, Operator> operators = new HashMap<>();
    private final Map<Long, Names.Table> relations = new HashMap<>();
    private final Map<Long, String> types = new HashMap<>();
    private final Map<Long, Long> rowTypes = new HashMap<>();
    private final List<Tree> trees = new ArrayList<>();

    void take(CatalogRow row) {
        String kind = row.text("kind");
        long oid = row.bigint("oid");
        QualifiedName name = row.name("schema", "name");
        List<String> list = row.list("list");
        List<String> detail = row.list("detail");
        switch (kind) {
            case "type" -> {
                types.put(oid, name.name());
                long relation = Long.parseLong(detail.get(0));
                if (relation != 0) {
                    rowTypes.put(oid, relation);
                }
            }
            case "operator" -> operators.put(oid, new Operator(name.schema(), name.name()));
            case "relation" -> relations.put(oid, new Names.Table(name, list));
            case "routine" ->
                functions.put(
                        oid,
                        new Function(
                                name,
                                list,
                                detail.get(0),
                                detail.get(1),
                                detail.get(2),
                                detail.get(3).equals("true"),
                                row.text("body"),
                                detail.subList(SETTINGS, detail.size()).stream()
                                        .sorted()
                                        .toList()));
            default -> trees.add(new Tree(kind, oid, name, detail.isEmpty() ? "" : detail.get(0), row.text("body")));
        }
    }

    Expressions expressions() {
        TreeReader reader = new TreeReader(new Names(functions, operators, relations, types, rowTypes));
        return new Expressions(
                policies(reader),
                trees.stream()
                        .filter(tree -> tree.kind().equals("view"))
                        .flatMap(
                                tree -> reader.queries(tree.text()).stream().map(query -> new View(tree.name(), query)))
                        .toList(),
                trees.stream()
                        .filter(tree -> tree.kind().equals("body"))
                        .map(tree -> new Body(functions.get(tree.oid()), reader.queries(tree.text())))
                        .sorted(Comparator.comparing(body -> body.function().signature()))
                        .toList(),
                functions.values().stream()
                        .sorted(Comparator.comparing(Function::signature))
                        .toList());
    }

    private List<PolicyExpression> policies(TreeReader reader) {
        Map<PolicyName, Map<String, Expression>> halves =
                new TreeMap<>(Comparator.comparing(PolicyName::table).thenComparing(PolicyName::policy));
        for (Tree tree : trees) {
            if (tree.kind().equals(USING) || tree.kind().equals("check")) {
                Map<String, Expression> policy =
                        halves.computeIfAbsent(new PolicyName(tree.name(), tree.part()), name -> new HashMap<>());
                if (!tree.text().isEmpty()) {
                    policy.put(tree.kind(), reader.condition(tree.text(), tree.oid()));
                }
            }
        }
        return halves.entrySet().stream()
                .map(e -> new PolicyExpression(
                        e.getKey().table(),
                        e.getKey().policy(),
                        Optional.ofNullable(e.getValue().get(USING)),
                        Optional.ofNullable(e.getValue().get("check"))))
                .toList();
    }
}
