package app.trackpay.probe;

import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Column;
import app.trackpay.catalog.ColumnName;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Policy.Command;
import app.trackpay.catalog.Privileges;
import app.trackpay.catalog.QualifiedName;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Sql;
import app.trackpay.plan.Access;
import app.trackpay.plan.Access.Rows;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import app.trackpay.plan.RemoteCall;
import app.trackpay.probe.Task.Kind;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything that is tried for a plan on a database: every persona, every table, every command. */
final class Tasks {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TRIGGER_ON_INSERT = Pattern.compile(" BEFORE (?:[A-Z]+ OR )*INSERT ");

    private final Plan plan;
    private final Catalog catalog;
    private final Privileges privileges;
    private final Ids ids;
    private final List<Task> tasks = new ArrayList<>();

    private Tasks(Plan plan, Catalog catalog) {
        this.plan = plan;
        this.catalog = catalog;
        this.privileges = new Privileges(catalog);
        this.ids = new Ids(catalog, plan.identity());
    }

    /** Reads and writes on all rows that are there: for a database with fixtures. */
    static List<Task> everything(Plan plan, Catalog catalog) {
        return everything(plan, catalog, tables(plan, catalog));
    }

    /** The same with some of the tables only. */
    static List<Task> everything(Plan plan, Catalog catalog, List<Relation> tables) {
        Tasks made = new Tasks(plan, catalog);
        for (Relation table : tables) {
            for (Persona persona : plan.personas()) {
                made.everything(table, persona);
            }
        }
        for (int i = 0; i < plan.calls().size(); i++) {
            made.call(plan.calls().get(i), i);
        }
        return List.copyOf(made.tasks);
    }

    /** The tables that the plan answers for, and whatever else it says who may read. */
    static List<Relation> tables(Plan plan, Catalog catalog) {
        return catalog.relations().stream()
                .filter(r -> r.isTable() && (plan.scope().covers(r.name()) || plan.provides(r.name()))
                        || plan.access().stream().anyMatch(a -> a.table().equals(r.name())))
                .toList();
    }

    /** What the plan says; what it does not name is nothing. */
    static Rows declared(Plan plan, QualifiedName table, Persona persona, Command command) {
        return plan.access().stream()
                .filter(a -> a.table().equals(table) && a.persona().equals(persona.name()) && a.command() == command)
                .map(Access::rows)
                .findFirst()
                .orElseGet(Rows.None::new);
    }

    private void everything(Relation relation, Persona persona) {
        TableSql table = new TableSql(relation, persona.role(), privileges, ids);
        Predicate select = predicate(relation, persona, Command.SELECT);
        add(Kind.SELECT, persona, table, "")
                .put("total", table.count())
                .put("meant", table.keys(select))
                .put("ask", table.seen());
        if (relation.isTable()) {
            update(table, persona, select);
            delete(table, persona);
            insert(table, persona, select);
        }
    }

    private void update(TableSql table, Persona persona, Predicate select) {
        Predicate update = predicate(table, persona, Command.UPDATE);
        add(Kind.UPDATE, persona, table, "")
                .put("total", table.count())
                .put("meant", table.keys(update))
                .put("keys", table.rows())
                .put("do", table.update());
        add(Kind.UPDATE_ALL, persona, table, "")
                .put("keys", table.firstRow())
                .put("before", table.places())
                .put("do", table.updateAll())
                .put("after", table.moved());
        for (Column column : table.ids("UPDATE")) {
            add(Kind.GIVE_AWAY, persona, table, column.name())
                    .put("keys", table.givenAway(update, column.name()))
                    .put("verdict", table.verdict(update, update))
                    .put("do", table.update(column.name()));
        }
        Predicate own = update.isNone() ? select : update;
        plan.protectedColumns().stream()
                .filter(c -> c.table().equals(table.name()) && !own.isNone())
                .map(ColumnName::column)
                .filter(column -> catalog.relation(table.name())
                        .flatMap(r -> r.column(column))
                        .isPresent())
                .forEach(column -> add(Kind.ESCALATE, persona, table, column)
                        .put("keys", table.otherValues(own, column))
                        .put("before", table.value(column))
                        .put("do", table.update(column))
                        .put("after", table.changed(column)));
    }

    private void delete(TableSql table, Persona persona) {
        add(Kind.DELETE, persona, table, "")
                .put("total", table.count())
                .put("meant", table.keys(predicate(table, persona, Command.DELETE)))
                .put("keys", table.rows())
                .put("do", table.delete());
        add(Kind.DELETE_ALL, persona, table, "")
                .put("keys", table.firstRow())
                .put("before", table.places())
                .put("do", table.deleteAll())
                .put("after", table.moved());
    }

    private void insert(TableSql table, Persona persona, Predicate select) {
        Predicate insert = predicate(table, persona, Command.INSERT);
        // the condition is evaluated for new rows only, inside a try; asked once outside, a slip in it is nobody's
        // refusal
        ObjectNode plain = add(Kind.INSERT, persona, table, "").put("meant", table.keys(insert));
        insert(plain, table, insert, select, false);
        if (changesRows(table.name())) {
            plain.put("before", table.allPlaces()).put("after", table.allowed(insert));
        }
        if (!insert.isNone() && !select.isNone()) {
            ObjectNode returning =
                    add(Kind.INSERT_RETURNING, persona, table, "").put("readable", true);
            insert(returning, table, insert, select, true);
        }
    }

    /** Whether what comes in may be another row than the one that was sent: triggers often write down who sent it. */
    private boolean changesRows(QualifiedName table) {
        return catalog.triggers().stream()
                .anyMatch(t -> t.table().equals(table)
                        && TRIGGER_ON_INSERT.matcher(t.definition()).find());
    }

    private void insert(ObjectNode task, TableSql table, Predicate insert, Predicate select, boolean returning) {
        task.put("keys", table.rows())
                .put("fresh", table.fresh("$4"))
                .put("verdict", table.verdict(insert, select))
                .put("do", table.insert("$4", returning));
        ArrayNode own = task.putArray("ids");
        boolean refused = table.refused("INSERT");
        for (Column column : table.ids(refused ? "SELECT" : "INSERT")) {
            own.addObject()
                    .put("column", column.name())
                    .put(
                            "is",
                            ids.of(new ColumnName(table.name(), column.name())).equals(Optional.of(Ids.Kind.ME))
                                    ? "me"
                                    : "auth");
        }
    }

    private void call(RemoteCall call, int number) {
        plan.personas().stream().filter(p -> p.name().equals(call.persona())).forEach(persona -> {
            ObjectNode statements = JSON.createObjectNode();
            statements.put("person", persona.name()).put("ask", sql(call));
            tasks.add(new Task(Kind.CALL, persona, call.function().name(), Integer.toString(number), statements));
        });
    }

    private static String sql(RemoteCall call) {
        return "SELECT pg_catalog.jsonb_agg(answer::text) FROM " + expression(call) + " AS answer";
    }

    /** The call as SQL spells it. */
    static String expression(RemoteCall call) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            arguments.add(call.arguments().get(i).map(Sql::literal).orElse("NULL") + "::"
                    + call.function().argumentTypes().get(i));
        }
        return call.function().name().sql() + "(" + String.join(", ", arguments) + ")";
    }

    private ObjectNode add(Kind kind, Persona persona, TableSql table, String detail) {
        ObjectNode statements = JSON.createObjectNode()
                .put("person", persona.name())
                .put("place", table.name() + " as " + persona.role());
        tasks.add(new Task(kind, persona, table.name(), detail, statements));
        return statements;
    }

    private Predicate predicate(Relation table, Persona persona, Command command) {
        return new Predicate(declared(plan, table.name(), persona, command), ids.type());
    }

    private Predicate predicate(TableSql table, Persona persona, Command command) {
        return new Predicate(declared(plan, table.name(), persona, command), ids.type());
    }

    /** Reads alone, a part of the rows: for a database with real people in it. */
    static List<Task> sample(Plan plan, Catalog catalog, List<Relation> tables, List<Persona> people, int limit) {
        Tasks made = new Tasks(plan, catalog);
        for (Relation relation : tables) {
            for (Persona persona : people) {
                made.sample(relation, persona, limit);
            }
        }
        return List.copyOf(made.tasks);
    }

    /** Writes as real users on some rows, every one to be taken back. */
    static List<Task> sampleOfWrites(
            Plan plan, Catalog catalog, List<Relation> tables, List<Persona> people, int limit) {
        Tasks made = new Tasks(plan, catalog);
        tables.stream()
                .filter(Relation::isTable)
                .forEach(relation -> people.forEach(persona -> {
                    TableSql table = new TableSql(relation, persona.role(), made.privileges, made.ids);
                    made.write(Kind.SAMPLE_UPDATE, Command.UPDATE, persona, table, table.update(), limit);
                    made.write(Kind.SAMPLE_DELETE, Command.DELETE, persona, table, table.delete(), limit);
                }));
        return List.copyOf(made.tasks);
    }

    private void write(Kind kind, Command command, Persona persona, TableSql table, String statement, int limit) {
        Predicate allowed = new Predicate(mayBe(plan, table.name(), persona, command), ids.type());
        add(kind, persona, table, "")
                .put("keys", table.rows(allowed, limit))
                .put("verdict", table.verdict(allowed))
                .put("do", statement);
    }

    private void sample(Relation relation, Persona persona, int limit) {
        TableSql table = new TableSql(relation, persona.role(), privileges, ids);
        Predicate most = new Predicate(mayBe(plan, relation.name(), persona, Command.SELECT), ids.type());
        add(Kind.SAMPLE_LEAKED, persona, table, "")
                // asked once outside of the try: a slip in the condition, and a login that policies bind, are nobody's
                // refusal
                .put("meant", table.keys(most, 1))
                .put("ask", table.seen(limit))
                .put("after", table.beyond(most));
        add(Kind.SAMPLE_HIDDEN, persona, table, "")
                .put("before", table.keys(new Predicate(mustBe(plan, relation.name(), persona), ids.type()), limit))
                .put("ask", table.unseen());
    }

    /** A real user may be any of the plan's people of that role: what none of them may see, nobody may. */
    static Rows mayBe(Plan plan, QualifiedName table, Persona user, Command command) {
        List<Rows> each = rows(plan, table, user, command);
        return each.stream().anyMatch(Rows.All.class::isInstance) ? new Rows.All() : either(each);
    }

    /** ... and what a condition gives to one of them must be there; "all" may be the word for one of them only. */
    private static Rows mustBe(Plan plan, QualifiedName table, Persona user) {
        List<Rows> each = rows(plan, table, user, Command.SELECT);
        return !each.isEmpty() && each.stream().allMatch(Rows.All.class::isInstance) ? new Rows.All() : either(each);
    }

    private static Rows either(List<Rows> each) {
        return each.stream()
                .flatMap(r -> r instanceof Rows.Where where ? Stream.of(where.condition()) : Stream.empty())
                .distinct()
                .reduce((one, other) -> "(" + one + "\n) OR (" + other + "\n)")
                .<Rows>map(Rows.Where::new)
                .orElseGet(Rows.None::new);
    }

    private static List<Rows> rows(Plan plan, QualifiedName table, Persona user, Command command) {
        return Sample.modelsOf(plan, user)
                .map(persona -> declared(plan, table, persona, command))
                .toList();
    }

    /** How the ids of people are looked up: {@code me} in the register, else {@code helper} as each of them. */
    static ObjectNode work(Plan plan, Catalog catalog) {
        Ids ids = new Ids(catalog, plan.identity());
        ObjectNode work = JSON.createObjectNode();
        ids.register()
                .filter(r -> catalog.relation(r.me().table()).isPresent())
                .ifPresentOrElse(
                        r -> work.put(
                                "me",
                                "SELECT " + Identifier.quote(r.me().column()) + "::text FROM "
                                        + r.me().table().sql() + " WHERE "
                                        + Identifier.quote(r.auth().column()) + "::text = $2"),
                        () -> plan.identity()
                                .helper()
                                .ifPresent(h ->
                                        work.put("helper", "SELECT " + h.name().sql() + "()::text")));
        return work;
    }
}
