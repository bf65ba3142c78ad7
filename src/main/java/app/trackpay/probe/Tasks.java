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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything that is tried for a plan on a database: every persona, every table, every command. */
final class Tasks {

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
        tasks.add(task(Kind.SELECT, persona, table, "")
                .with("total", table.count())
                .with("meant", table.keys(select))
                .with("ask", table.seen()));
        if (relation.isTable()) {
            update(table, persona, select);
            delete(table, persona);
            insert(table, persona, select);
        }
    }

    private void update(TableSql table, Persona persona, Predicate select) {
        Predicate update = predicate(table, persona, Command.UPDATE);
        tasks.add(task(Kind.UPDATE, persona, table, "")
                .with("total", table.count())
                .with("meant", table.keys(update))
                .with("keys", table.rows())
                .with("do", table.update()));
        tasks.add(onAll(Kind.UPDATE_ALL, persona, table, table.updateAll()));
        for (Column column : table.ids("UPDATE")) {
            tasks.add(task(Kind.GIVE_AWAY, persona, table, column.name())
                    .with("keys", table.givenAway(update, column.name()))
                    .with("verdict", table.verdict(update, update))
                    .with("do", table.update(column.name())));
        }
        Predicate own = update.isNone() ? select : update;
        plan.protectedColumns().stream()
                .filter(c -> c.table().equals(table.name()) && !own.isNone())
                .map(ColumnName::column)
                .filter(column -> catalog.relation(table.name())
                        .flatMap(r -> r.column(column))
                        .isPresent())
                .forEach(column -> tasks.add(task(Kind.ESCALATE, persona, table, column)
                        .with("keys", table.otherValues(own, column))
                        .with("before", table.value(column))
                        .with("do", table.update(column))
                        .with("after", table.changed(column))));
    }

    private void delete(TableSql table, Persona persona) {
        tasks.add(task(Kind.DELETE, persona, table, "")
                .with("total", table.count())
                .with("meant", table.keys(predicate(table, persona, Command.DELETE)))
                .with("keys", table.rows())
                .with("do", table.delete()));
        tasks.add(onAll(Kind.DELETE_ALL, persona, table, table.deleteAll()));
    }

    /** One statement that reads no row and writes all. */
    private static Task onAll(Kind kind, Persona persona, TableSql table, String statement) {
        return task(kind, persona, table, "")
                .with("keys", table.firstRow())
                .with("before", table.places())
                .with("do", statement)
                .with("after", table.moved());
    }

    private void insert(TableSql table, Persona persona, Predicate select) {
        Predicate insert = predicate(table, persona, Command.INSERT);
        // the condition is evaluated for new rows only, inside a try; asked once outside, a slip in it is nobody's
        // refusal
        Task asked = task(Kind.INSERT, persona, table, "").with("meant", table.keys(insert));
        Task plain = insert(asked, table, insert, select, false);
        tasks.add(
                changesRows(table.name())
                        ? plain.with("before", table.allPlaces()).with("after", table.allowed(insert))
                        : plain);
        if (!insert.isNone() && !select.isNone()) {
            Task returning = task(Kind.INSERT_RETURNING, persona, table, "").with("readable", true);
            tasks.add(insert(returning, table, insert, select, true));
        }
    }

    /** Whether what comes in may be another row than the one that was sent: triggers often write down who sent it. */
    private boolean changesRows(QualifiedName table) {
        return catalog.triggers().stream()
                .anyMatch(t -> t.table().equals(table)
                        && TRIGGER_ON_INSERT.matcher(t.definition()).find());
    }

    private Task insert(Task task, TableSql table, Predicate insert, Predicate select, boolean returning) {
        boolean refused = table.refused("INSERT");
        return task.with("keys", table.rows())
                .with("fresh", table.fresh("$4"))
                .with("verdict", table.verdict(insert, select))
                .with("do", table.insert("$4", returning))
                .with(
                        "ids",
                        table.ids(refused ? "SELECT" : "INSERT").stream()
                                .map(column -> Map.of("column", column.name(), "is", whose(table.name(), column)))
                                .toList());
    }

    /** Which of a person's ids a column holds. */
    private String whose(QualifiedName table, Column column) {
        return ids.of(new ColumnName(table, column.name())).equals(Optional.of(Ids.Kind.ME)) ? "me" : "auth";
    }

    private void call(RemoteCall call, int number) {
        plan.personas().stream()
                .filter(p -> p.name().equals(call.persona()))
                .map(p -> Task.of(Kind.CALL, p, call.function().name(), Integer.toString(number)))
                .forEach(task -> tasks.add(task.with("ask", sql(call))));
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

    private static Task task(Kind kind, Persona persona, TableSql table, String detail) {
        return Task.of(kind, persona, table.name(), detail).with("place", table.name() + " as " + persona.role());
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
        tasks.add(task(kind, persona, table, "")
                .with("keys", table.rows(allowed, limit))
                .with("verdict", table.verdict(allowed))
                .with("do", statement));
    }

    private void sample(Relation relation, Persona persona, int limit) {
        TableSql table = new TableSql(relation, persona.role(), privileges, ids);
        Predicate most = new Predicate(mayBe(plan, relation.name(), persona, Command.SELECT), ids.type());
        tasks.add(task(Kind.SAMPLE_LEAKED, persona, table, "")
                // asked once outside of the try: a slip in the condition, and a login that policies bind, are nobody's
                // refusal
                .with("meant", table.keys(most, 1))
                .with("ask", table.seen(limit))
                .with("after", table.beyond(most)));
        tasks.add(task(Kind.SAMPLE_HIDDEN, persona, table, "")
                .with("before", table.keys(new Predicate(mustBe(plan, relation.name(), persona), ids.type()), limit))
                .with("ask", table.unseen()));
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
    static Map<String, String> work(Plan plan, Catalog catalog) {
        return new Ids(catalog, plan.identity())
                .register()
                .filter(r -> catalog.relation(r.me().table()).isPresent())
                .map(r -> Map.of(
                        "me",
                        "SELECT " + Identifier.quote(r.me().column()) + "::text FROM "
                                + r.me().table().sql() + " WHERE "
                                + Identifier.quote(r.auth().column()) + "::text = $2"))
                .or(() -> plan.identity()
                        .helper()
                        .map(h -> Map.of("helper", "SELECT " + h.name().sql() + "()::text")))
                .orElse(Map.of());
    }
}
