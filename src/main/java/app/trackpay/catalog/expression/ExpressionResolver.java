package app.trackpay.catalog.expression;

import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.expression.Expression.BooleanTest;
import app.trackpay.catalog.expression.Expression.Case;
import app.trackpay.catalog.expression.Expression.Derived;
import app.trackpay.catalog.expression.Expression.SubSelect;
import app.trackpay.catalog.expression.Expression.Unknown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Understands the trees of expressions, as servers from 14 to 18 write them: 16 gave some nodes longer names, which are taken for the
 * shorter ones.
 */
final class ExpressionResolver {

    private static final Map<String, String> SINCE_16 = Map.of(
            "CASEEXPR", "CASE",
            "CASEWHEN", "WHEN",
            "COALESCEEXPR", "COALESCE",
            "ARRAYEXPR", "ARRAY",
            "MINMAXEXPR", "MINMAX",
            "ROWEXPR", "ROW",
            "ROWCOMPAREEXPR", "ROWCOMPARE",
            "COLLATEEXPR", "COLLATE");

    /** Whose parts are all that matters. */
    private static final Set<String> CONSTRUCTS = Set.of(
            "XMLEXPR",
            "GROUPINGFUNC",
            "JSONVALUEEXPR",
            "JSONCONSTRUCTOREXPR",
            "JSONISPREDICATE",
            "JSONEXPR",
            "JSONBEHAVIOR",
            "JSONFORMAT",
            "JSONRETURNING",
            "NEXTVALUEEXPR",
            "SETTODEFAULT",
            "TABLEFUNC",
            "MERGEACTION",
            "RANGETBLFUNCTION",
            "RETURNINGEXPR",
            "MERGESUPPORTFUNC");

    private static final Set<String> WITHOUT_VALUE = Set.of("JSONBEHAVIOR", "JSONFORMAT", "JSONRETURNING");

    private static final String[] SESSION_VALUES = {
        "current_date",
        "current_time",
        "current_time",
        "current_timestamp",
        "current_timestamp",
        "localtime",
        "localtime",
        "localtimestamp",
        "localtimestamp",
        "current_role",
        "current_user",
        "user",
        "session_user",
        "current_catalog",
        "current_schema"
    };

    private static final int CURRENT_SUBQUERY_PARAMETER = 2;

    private final Names names;
    private final QueryReader queries;
    private final Deque<Query> tested = new ArrayDeque<>();
    private final Deque<Expression> compared = new ArrayDeque<>();

    ExpressionResolver(Names names) {
        this.names = names;
        this.queries = new QueryReader(names, this);
    }

    QueryReader queries() {
        return queries;
    }

    Expression read(Node node, Level level) {
        if (!(node instanceof Node.Struct struct)) {
            return new Unknown(node.isEmpty() ? "nothing where a value belongs" : "a list where a value belongs");
        }
        String name = SINCE_16.getOrDefault(struct.name(), struct.name());
        return switch (name) {
            case "VAR" -> column(node, level.out(node.number("varlevelsup")));
            case "CONST" ->
                Constants.read(
                        names.type(node.number("consttype")),
                        node.flag("constisnull"),
                        node.flag("constbyval"),
                        node.field("constvalue"));
            case "PARAM" -> parameter(node);
            case "FUNCEXPR" -> call(node, level);
            case "AGGREF" -> aggregate("aggfnoid", node, level);
            case "WINDOWFUNC" -> aggregate("winfnoid", node, level);
            case "OPEXPR" ->
                names.operator(node.number("opno"))
                        .<Expression>map(
                                operator -> new Expression.Operation(operator, list(node.field("args"), level)))
                        .orElseGet(() -> new Unknown("an operator without a name"));
            case "SCALARARRAYOPEXPR" ->
                names.operator(node.number("opno"))
                        .<Expression>map(operator -> new Expression.ArrayComparison(
                                operator, node.flag("useOr"), argument(node, level, 0), argument(node, level, 1)))
                        .orElseGet(() -> new Unknown("an operator without a name"));
            case "DISTINCTEXPR" -> new Expression.Distinct(argument(node, level, 0), argument(node, level, 1));
            case "NULLIFEXPR" -> new Expression.NullIf(argument(node, level, 0), argument(node, level, 1));
            case "BOOLEXPR" -> logic(node, level);
            case "SUBLINK" -> subSelect(node, level);
            case "RELABELTYPE", "COERCEVIAIO", "ARRAYCOERCEEXPR", "CONVERTROWTYPEEXPR", "COERCETODOMAIN" ->
                new Expression.Cast(read(node.field("arg"), level), names.type(node.number("resulttype")));
            case "COLLATE" -> new Expression.Cast(read(node.field("arg"), level), "collation");
            case "NAMEDARGEXPR" -> read(node.field("arg"), level);
            case "CASE" -> branches(node, level);
            case "CASETESTEXPR", "COERCETODOMAINVALUE" ->
                compared.isEmpty() ? new Unknown(struct.name()) : compared.peek();
            case "ARRAY" -> new Expression.Elements(list(node.field("elements"), level));
            case "ROW" -> new Expression.RowValue(list(node.field("args"), level));
            case "ROWCOMPARE" ->
                new Expression.RowComparison(list(node.field("largs"), level), list(node.field("rargs"), level));
            case "COALESCE" -> new Expression.Coalesce(list(node.field("args"), level));
            case "MINMAX" -> new Expression.Extreme(list(node.field("args"), level));
            case "NULLTEST" ->
                new Expression.NullTest(read(node.field("arg"), level), node.number("nulltesttype") == 0);
            case "BOOLEANTEST" ->
                new BooleanTest(
                        read(node.field("arg"), level), BooleanTest.Kind.values()[(int) node.number("booltesttype")]);
            case "SQLVALUEFUNCTION" -> new Expression.SessionValue(sessionValue((int) node.number("op")));
            case "SUBSCRIPTINGREF" ->
                new Expression.Element(
                        read(node.field("refexpr"), level),
                        Stream.concat(
                                        list(node.field("refupperindexpr"), level).stream(),
                                        list(node.field("reflowerindexpr"), level).stream())
                                .toList());
            case "FIELDSELECT" -> new Expression.Field(read(node.field("arg"), level), (int) node.number("fieldnum"));
            default ->
                CONSTRUCTS.contains(name)
                        ? new Expression.Construct(name.toLowerCase(java.util.Locale.ROOT), inside(struct, level))
                        : new Unknown(name);
        };
    }

    /** The expressions of a list, or of a list of lists; of a target list what is assigned. */
    List<Expression> anywhere(Node node, Level level) {
        if (node instanceof Node.Struct struct) {
            return switch (struct.name()) {
                case "TARGETENTRY" -> List.of(read(node.field("expr"), level));
                case "ONCONFLICTEXPR" ->
                    Stream.of("arbiterWhere", "onConflictSet", "onConflictWhere")
                            .flatMap(field -> anywhere(node.field(field), level).stream())
                            .toList();
                case "RANGETBLFUNCTION" -> List.of(read(node.field("funcexpr"), level));
                default -> List.of(read(node, level));
            };
        }
        return node.elements().stream()
                .flatMap(element -> anywhere(element, level).stream())
                .toList();
    }

    private List<Expression> inside(Node.Struct struct, Level level) {
        return struct.fields().values().stream()
                .flatMap(field -> field.elements().isEmpty() ? Stream.of(field) : field.elements().stream())
                .filter(field -> field instanceof Node.Struct part && !WITHOUT_VALUE.contains(part.name())
                        || !field.elements().isEmpty() && field.elements().get(0) instanceof Node.Struct)
                .flatMap(field -> anywhere(field, level).stream())
                .toList();
    }

    private List<Expression> list(Node list, Level level) {
        return list.elements().stream()
                // a slice without a bound has an empty place there
                .filter(node -> !node.isEmpty())
                .map(node -> read(node, level))
                .toList();
    }

    private Expression argument(Node node, Level level, int number) {
        List<Node> arguments = node.field("args").elements();
        return number < arguments.size()
                ? read(arguments.get(number), level)
                : new Unknown("an operator without its operands");
    }

    private Expression column(Node variable, Level level) {
        int attribute = (int) variable.number("varattno");
        long number = variable.number("varno");
        if (number < 1 || number > level.rangeTable().size()) {
            return new Unknown("a column of nothing");
        }
        Node entry = level.entry(number);
        String alias = QueryReader.alias(entry);
        if (attribute == 0) {
            return new Expression.WholeRow(alias, level.depth());
        }
        String shown = columnName(entry, attribute);
        return switch ((int) entry.number("rtekind")) {
            case QueryReader.RELATION ->
                names.relation(entry.number("relid"))
                        .<Expression>map(table -> new Expression.Column(
                                table.name(),
                                attribute > 0 && attribute <= table.columns().size()
                                        ? table.columns().get(attribute - 1)
                                        : systemColumn(attribute),
                                alias,
                                level.depth()))
                        .orElseGet(() -> new Unknown("a column of a relation without a name"));
            case QueryReader.SUBQUERY ->
                new Derived(alias, shown, queries.nested(level, (int) number).origins(attribute - 1), level.depth());
            case QueryReader.JOIN ->
                read(entry.field("joinaliasvars").elements().get(attribute - 1), level);
            case QueryReader.GROUP -> read(entry.field("groupexprs").elements().get(attribute - 1), level);
            case QueryReader.FUNCTION -> new Derived(alias, shown, given(entry, level, attribute), level.depth());
            case QueryReader.VALUES ->
                new Derived(
                        alias,
                        shown,
                        entry.field("values_lists").elements().stream()
                                .map(row -> read(row.elements().get(attribute - 1), level))
                                .toList(),
                        level.depth());
            case QueryReader.WITH ->
                new Derived(
                        alias,
                        shown,
                        queries.withQuery(
                                        level.out(entry.number("ctelevelsup")),
                                        entry.field("ctename").text())
                                .map(query -> query.origins(attribute - 1))
                                .orElse(List.of()),
                        level.depth());
            default -> new Derived(alias, shown, List.of(), level.depth());
        };
    }

    /** What a column of a function in FROM comes from: the row type's column, or the function's one result. */
    private List<Expression> given(Node entry, Level level, int attribute) {
        List<Node> functions = entry.field("functions").elements();
        if (functions.size() != 1) {
            return List.of();
        }
        Node call = functions.get(0).field("funcexpr");
        Optional<Names.Table> row = Optional.ofNullable(names.rowTypes().get(call.number("funcresulttype")))
                .flatMap(names::relation);
        if (row.isPresent()) {
            List<String> columns = row.get().columns();
            QualifiedName table = row.get().name();
            return attribute > 0 && attribute <= columns.size()
                    ? List.of(new Expression.Column(
                            table, columns.get(attribute - 1), QueryReader.alias(entry), level.depth()))
                    : List.of();
        }
        return functions.get(0).number("funccolcount") == 1 && attribute == 1 ? List.of(read(call, level)) : List.of();
    }

    private static String columnName(Node entry, int attribute) {
        List<Node> columns = entry.field("eref").field("colnames").elements();
        return attribute > 0 && attribute <= columns.size()
                ? columns.get(attribute - 1).text()
                : systemColumn(attribute);
    }

    private static String systemColumn(int attribute) {
        return switch (attribute) {
            case -1 -> "ctid";
            case -2 -> "xmin";
            case -3 -> "cmin";
            case -4 -> "xmax";
            case -5 -> "cmax";
            case -6 -> "tableoid";
            default -> "?";
        };
    }

    private Expression parameter(Node node) {
        if (node.number("paramkind") != CURRENT_SUBQUERY_PARAMETER) {
            return new Expression.Parameter(node.number("paramid"), names.type(node.number("paramtype")));
        }
        int column = (int) node.number("paramid") - 1;
        if (tested.isEmpty()) {
            return new Unknown("a sub-query's column outside of it");
        }
        Query query = tested.peek();
        String name =
                column < query.outputs().size() ? query.outputs().get(column).name() : "";
        return new Derived("", name, query.origins(column), 0);
    }

    private Expression call(Node node, Level level) {
        return names.function(node.number("funcid"))
                .<Expression>map(function -> new Expression.Call(function, list(node.field("args"), level)))
                .orElseGet(() -> new Unknown("a function without a name"));
    }

    private Expression aggregate(String field, Node node, Level level) {
        List<Expression> parts = new ArrayList<>(node.field("args").elements().stream()
                .map(a -> a instanceof Node.Struct s && s.name().equals("TARGETENTRY") ? a.field("expr") : a)
                .map(a -> read(a, level))
                .toList());
        parts.addAll(list(node.field("aggdirectargs"), level));
        Node filter = node.field("aggfilter");
        if (!filter.isEmpty()) {
            parts.add(read(filter, level));
        }
        return names.function(node.number(field))
                .<Expression>map(function -> new Expression.Aggregate(function, List.copyOf(parts)))
                .orElseGet(() -> new Unknown("an aggregate without a name"));
    }

    private Expression logic(Node node, Level level) {
        List<Expression> parts = list(node.field("args"), level);
        return switch (node.field("boolop").text()) {
            case "and" -> new Expression.And(parts);
            case "or" -> new Expression.Or(parts);
            case "not" -> new Expression.Not(parts.get(0));
            default -> new Unknown("a logical operator");
        };
    }

    private Expression subSelect(Node node, Level level) {
        SubSelect.Kind kind = switch ((int) node.number("subLinkType")) {
            case 0 -> SubSelect.Kind.EXISTS;
            case 1 -> SubSelect.Kind.ALL;
            case 2 -> SubSelect.Kind.ANY;
            case 3 -> SubSelect.Kind.ROW;
            case 6 -> SubSelect.Kind.ARRAY;
            default -> SubSelect.Kind.VALUE;
        };
        Query query = queries.read(node.field("subselect"), Optional.of(level));
        Node test = node.field("testexpr");
        if (test.isEmpty()) {
            return new SubSelect(kind, Optional.empty(), query);
        }
        tested.push(query);
        try {
            return new SubSelect(kind, Optional.of(read(test, level)), query);
        } finally {
            tested.pop();
        }
    }

    private Expression branches(Node node, Level level) {
        Node subject = node.field("arg");
        if (!subject.isEmpty()) {
            compared.push(read(subject, level));
        }
        try {
            List<Case.Branch> branches = node.field("args").elements().stream()
                    .map(when -> new Case.Branch(read(when.field("expr"), level), read(when.field("result"), level)))
                    .toList();
            Node otherwise = node.field("defresult");
            return new Case(
                    branches,
                    otherwise.isEmpty()
                            ? new Expression.Constant(names.type(node.number("casetype")), true, List.of())
                            : read(otherwise, level));
        } finally {
            if (!subject.isEmpty()) {
                compared.pop();
            }
        }
    }

    private static String sessionValue(int number) {
        return number < SESSION_VALUES.length ? SESSION_VALUES[number] : "session value " + number;
    }
}
