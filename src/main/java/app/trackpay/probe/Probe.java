package app.trackpay.probe;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.catalog.Identifier;
import app.trackpay.catalog.Relation;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.database.Database;
import app.trackpay.database.Target;
import app.trackpay.plan.Access;
import app.trackpay.plan.Access.Rows;
import app.trackpay.plan.Persona;
import app.trackpay.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has every persona of a plan try every command on every row, and holds what it gets against the plan's {@code access}. Everything it does is
 * taken back; sequences may have moved.
 */
public final class Probe {

    private static final int USERS = 5;
    private static final int ROWS_READ = 1000;
    private static final int ROWS_WRITTEN = 5;

    private Probe() {}

    /**
     * Tries whatever can be tried on a database: everything on a rehearsal, with the plan's personas or, where it names none, with two fresh
     * users; a sample on a live one.
     *
     * @param writes whether a live database is written to, and rolled back, as well
     * @param stored what checks found in the catalog, for the reasons of what is seen
     * @throws CouldNotRunException when there is no connection, or as below
     */
    public static Observation of(Database database, Plan plan, Catalog catalog, boolean writes, List<Finding> stored)
            throws CouldNotRunException {
        try (Connection connection = database.connect()) {
            if (database.target().kind() == Target.Kind.LIVE) {
                return sample(connection, plan, catalog, writes, stored);
            }
            return plan.personas().isEmpty()
                    ? isolation(connection, plan, catalog)
                    : run(connection, plan, catalog, stored);
        } catch (SQLException e) {
            throw new CouldNotRunException("The connection was lost: " + e.getMessage() + ". Run again.", e);
        }
    }

    /**
     * The same in an open transaction that ran the plan. Where no table of the plan held rows before, a live database is one to try everything
     * on, with the fixtures: all of it is taken back to a savepoint, and the sequences that the transaction made as well. Tables that the plan
     * does not speak of and that held rows are read as they are.
     *
     * @param inside the database as the transaction sees it
     * @param earlier what held rows before the plan ran
     * @throws CouldNotRunException as above
     */
    public static Observation inside(
            Database inside, Plan plan, Catalog catalog, boolean writes, List<Finding> stored, EarlierRows earlier)
            throws CouldNotRunException {
        if (inside.target().kind() != Target.Kind.LIVE || !earlier.letFixturesIn(plan)) {
            return of(inside, plan, catalog, writes, stored);
        }
        Map<Boolean, List<Relation>> tables = Tasks.tables(plan, catalog).stream()
                .collect(Collectors.partitioningBy(table -> earlier.tables().contains(table.name())));
        try (Connection connection = inside.connect()) {
            Observation tried = run(connection, plan, catalog, tables.get(false), stored);
            return tables.get(true).isEmpty()
                    ? tried
                    : tried.beside(sample(connection, plan, catalog, tables.get(true), writes, stored));
        } catch (SQLException e) {
            throw new CouldNotRunException("The connection was lost: " + e.getMessage() + ". Run again.", e);
        }
    }

    /**
     * Loads the fixtures and tries everything. One message, one transaction, never committed; in an open transaction a savepoint instead.
     *
     * @param connection as a role that owns the tables or that no policy binds, and that may become the personas' roles
     * @param stored as above
     * @throws CouldNotRunException when the fixtures cannot be loaded, a condition is wrong, or a role cannot be taken
     */
    public static Observation run(Connection connection, Plan plan, Catalog catalog, List<Finding> stored)
            throws CouldNotRunException {
        return run(connection, plan, catalog, Tasks.tables(plan, catalog), stored);
    }

    private static Observation run(
            Connection connection, Plan plan, Catalog catalog, List<Relation> tables, List<Finding> stored)
            throws CouldNotRunException {
        refuseUnknownMe(plan, catalog);
        Optional<Fixtures> fixtures = Optional.empty();
        if (plan.fixtures().isPresent()) {
            fixtures = Optional.of(Fixtures.read(plan.fixtures().orElseThrow()));
        }
        List<Answer> answers = Transcript.of(
                connection,
                "BEGIN",
                searchPath(plan),
                fixtures,
                Tasks.work(plan, catalog),
                plan.personas(),
                Tasks.everything(plan, catalog, tables));
        List<Cell> cells = Cells.of(plan, answers);
        Optional<String> file = fixtures.map(Fixtures::file);
        List<Finding> findings = new ArrayList<>(new CellFindings(plan, catalog, file, stored, Measure.PLAN).of(cells));
        findings.addAll(Escalations.of(plan, answers, file));
        findings.addAll(CallFindings.of(plan, answers, file));
        missing(plan, catalog).forEach(findings::add);
        return new Observation(
                cells,
                List.copyOf(findings),
                AccessMatrix.of(plan.personas(), cells),
                Stream.of(nobody(plan), exhausted(answers), empty(cells), unmet(cells))
                        .flatMap(s -> s)
                        .toList(),
                answers.stream().mapToInt(Answer::made).sum(),
                Observation.CHECKS);
    }

    /**
     * Reads alone, as users who are there: the newest, and whoever needs no login. The transaction is READ ONLY, and of each table only the first
     * rows are looked at.
     *
     * @param connection as above; in an open transaction the reads see what it did
     * @param writes also updates and deletes some rows of each table, in a second transaction that is rolled back
     * @param stored as above
     * @throws CouldNotRunException as above
     */
    public static Observation sample(
            Connection connection, Plan plan, Catalog catalog, boolean writes, List<Finding> stored)
            throws CouldNotRunException {
        return sample(connection, plan, catalog, Tasks.tables(plan, catalog), writes, stored);
    }

    private static Observation sample(
            Connection connection,
            Plan plan,
            Catalog catalog,
            List<Relation> tables,
            boolean writes,
            List<Finding> stored)
            throws CouldNotRunException {
        refuseUnknownMe(plan, catalog);
        List<Persona> people = Sample.people(connection, plan, catalog, USERS);
        List<Answer> reads = Transcript.of(
                connection,
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                searchPath(plan),
                Optional.empty(),
                Tasks.work(plan, catalog),
                people,
                Tasks.sample(plan, catalog, tables, people, ROWS_READ));
        List<Answer> changes = writes
                ? Transcript.of(
                        connection,
                        "BEGIN",
                        searchPath(plan),
                        Optional.empty(),
                        Tasks.work(plan, catalog),
                        people,
                        Tasks.sampleOfWrites(plan, catalog, tables, people, ROWS_WRITTEN))
                : List.of();
        List<Cell> cells = Stream.concat(
                        Cells.sampled(plan, reads).stream(), Cells.sampledWrites(plan, changes).stream())
                .sorted(Comparator.comparing(Cell::table).thenComparing(Cell::command))
                .toList();
        return new Observation(
                cells,
                Stream.concat(
                                new CellFindings(plan, catalog, Optional.empty(), stored, Measure.PLAN)
                                        .of(cells).stream(),
                                missing(plan, catalog))
                        .toList(),
                AccessMatrix.of(people, cells),
                Stream.of(
                                nobody(plan),
                                exhausted(Stream.concat(reads.stream(), changes.stream())
                                        .toList()),
                                Sample.notes(plan, people))
                        .flatMap(s -> s)
                        .toList(),
                Stream.concat(reads.stream(), changes.stream())
                        .mapToInt(Answer::made)
                        .sum(),
                Set.of());
    }

    /**
     * What needs no declaration: two fresh users and a visitor on a database without rows of its own.
     *
     * @param connection as above
     * @throws CouldNotRunException as above
     */
    public static Observation isolation(Connection connection, Plan plan, Catalog catalog) throws CouldNotRunException {
        Isolation isolation = new Isolation(plan, catalog);
        Plan derived = isolation.plan(plan);
        List<Answer> answers = Transcript.of(
                connection,
                "BEGIN",
                searchPath(plan),
                Optional.of(isolation.fixtures()),
                Tasks.work(derived, catalog),
                derived.personas(),
                Tasks.everything(derived, catalog));
        List<Cell> seen = Cells.of(derived, answers);
        List<Cell> cells = isolation.surelyWrong(seen);
        return new Observation(
                cells,
                new CellFindings(derived, catalog, Optional.empty(), List.of(), Measure.OWNER)
                        .of(cells).stream()
                                .map(finding -> isolation.judged(finding, cells))
                                .toList(),
                AccessMatrix.of(derived.personas(), cells),
                Stream.of(isolation.notes(), exhausted(answers), isolation.empty(seen))
                        .flatMap(s -> s)
                        .toList(),
                answers.stream().mapToInt(Answer::made).sum(),
                Observation.CHECKS);
    }

    private static void refuseUnknownMe(Plan plan, Catalog catalog) throws CouldNotRunException {
        boolean asked = plan.access().stream().anyMatch(a -> new Predicate(a.rows(), "").asksForMe());
        if (asked
                && plan.identity().helper().isEmpty()
                && new Ids(catalog, plan.identity()).register().isEmpty()) {
            throw new CouldNotRunException(
                    "\"access\" uses :me, and the plan does not say who that is: name \"identity.helper\", or one table's columns"
                            + " in both \"identity.auth\" and \"identity.internal\".");
        }
    }

    /** As the platform's API sets it: the exposed schemas, then the extensions. */
    static String searchPath(Plan plan) {
        return Stream.concat(plan.scope().schemas().stream(), Stream.of("extensions"))
                .distinct()
                .map(Identifier::quote)
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> nobody(Plan plan) {
        return plan.personas().isEmpty()
                ? Stream.of(
                        "the plan declares no personas, so nobody tried to read or write a row: add \"personas\" and \"access\"")
                : Stream.empty();
    }

    /** What is broken anyway is not tried with every command, row and persona: each try would take the server seconds. */
    private static Stream<String> exhausted(List<Answer> answers) {
        String left = answers.stream()
                .filter(a -> a.made() < a.tries().size())
                .map(a -> a.task().table().toString())
                .distinct()
                .collect(Collectors.joining(", "));
        return left.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        "a statement ran out of stack (54001), so what else its role may do was not tried with table "
                                + left + ": repair that and run again");
    }

    private static Stream<String> empty(List<Cell> cells) {
        return cells.stream()
                .map(Cell::table)
                .distinct()
                .filter(table -> cells.stream()
                        .filter(c -> c.table().equals(table))
                        .allMatch(c -> c.total() == 0 && c.broken().isEmpty()))
                .map(table -> "table " + table
                        + " has no row, so nothing about its policies was proved: add rows to the fixtures");
    }

    /** Whoever is to reach rows of a table, and has none in it: that all is as planned was seen of the others only. */
    private static Stream<String> unmet(List<Cell> cells) {
        return cells.stream()
                .filter(c -> c.total() > 0)
                .collect(Collectors.groupingBy(
                        c -> c.persona().name() + " may do with table " + c.table(),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .entrySet()
                .stream()
                .filter(e -> e.getValue().stream().anyMatch(c -> !(c.declared() instanceof Rows.None)))
                .filter(e -> e.getValue().stream()
                        .allMatch(c -> c.meant().isEmpty() && c.broken().isEmpty()))
                .map(
                        e -> "what " + e.getKey()
                                + " was not proved, because the conditions of the plan name no row of the fixtures: add one that they do");
    }

    /** Nobody could try a table that is not there, so it cannot be all right. */
    private static Stream<Finding> missing(Plan plan, Catalog catalog) {
        return plan.access().stream()
                .map(Access::table)
                .distinct()
                .filter(table -> catalog.relation(table).isEmpty())
                .map(table -> new Finding(
                                "query-fails",
                                Severity.COULD_NOT_RUN,
                                "table " + table,
                                "\"access\" says who may reach its rows, and the database has no such table, so nobody tried",
                                "make the table, or take it out of \"access\"")
                        .shownBy("SELECT * FROM " + table.sql() + ";"));
    }
}
