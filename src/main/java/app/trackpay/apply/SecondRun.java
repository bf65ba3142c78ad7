package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import app.trackpay.check.Judge;
import app.trackpay.check.Judgement;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.Database;
import app.trackpay.manifest.Comparison;
import app.trackpay.manifest.Difference;
import app.trackpay.manifest.Manifest;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs each step of a plan once more on the database that has all of them, and takes it back. A file that can be run again leaves everything
 * as it is; {@code not-rerunnable} tells of those that fail or do not.
 */
public final class SecondRun {

    /** What comes of the one transaction, of limits and of others, and not of what the file says. */
    private static final Pattern UNRELATED = Pattern.compile("25...|2D...|40...|42P03|53...|55P03|55P04|55006|57014");

    private final Plan plan;
    private final ApplyOptions options;
    private final Session session;
    private final History history;
    private final SequencePositions sequences;
    private final Manifest before;

    private SecondRun(Plan plan, ApplyOptions options, Connection connection)
            throws SQLException, CouldNotRunException {
        this.plan = plan;
        this.options = options;
        this.session = new Session(connection, new ApplyListener() {}, 0);
        this.history = History.of(connection, options.pluginVersion());
        this.sequences = SequencePositions.of(connection);
        this.before = manifest();
    }

    /**
     * Tries every step, in the plan's order.
     *
     * @param database a throw-away one: others would wait for what is tried
     * @param units everything the plan runs, all of it applied
     * @return empty for a folder without a plan: its files are written to run once
     * @throws CouldNotRunException when the server is gone, its catalog cannot be read, or somebody else applies to it
     */
    public static Optional<Judgement> of(Plan plan, List<Unit> units, Database database, ApplyOptions options)
            throws CouldNotRunException {
        if (!plan.declares()) {
            return Optional.empty();
        }
        Map<Step, List<Unit>> steps =
                units.stream().collect(Collectors.groupingBy(Unit::step, LinkedHashMap::new, Collectors.toList()));
        try (Connection connection = database.connect();
                ApplyLock lock = new ApplyLock(database)) {
            SecondRun run = new SecondRun(plan, options, connection);
            // the server may not have noticed yet that the session of the first run is gone
            lock.take(options.turn(), new ApplyListener() {});
            List<Finding> findings = new ArrayList<>();
            for (List<Unit> step : steps.values()) {
                run.again(step).ifPresent(findings::add);
            }
            return Optional.of(Judge.judge(plan, findings, Set.of(RerunFindings.CHECK), LocalDate.now()));
        } catch (SQLException e) {
            throw new CouldNotRunException(
                    "Every step was applied, but running each a second time stopped: " + e.getMessage()
                            + ". Run again.",
                    e);
        }
    }

    /** All sections of a step in one transaction: it is the file that people run again. */
    private Optional<Finding> again(List<Unit> step) throws SQLException, CouldNotRunException {
        List<Unit> units =
                step.stream().map(WithoutConcurrently::of).map(Unit::inside).toList();
        Optional<LeftOut> alone =
                units.stream().flatMap(unit -> LeftOut.of(unit, 0).stream()).findFirst();
        if (alone.isPresent()) {
            return alone.map(RerunFindings::untried);
        }
        try {
            List<Difference> differences = run(units) ? Comparison.of(before, manifest()) : List.of();
            return differences.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new RerunFindings(plan).undone(units.get(0).step(), differences));
        } catch (StepException e) {
            return Optional.of(isUnrelated(e) ? RerunFindings.untried(e) : RerunFindings.failed(e));
        } finally {
            session.command("ROLLBACK");
            sequences.restore();
        }
    }

    /** What the file made for one transaction of its own is still there in the next: the session itself began with nothing. */
    private static boolean isUnrelated(StepException refused) {
        String state = Optional.ofNullable(refused.error().getSQLState()).orElse("");
        return UNRELATED.matcher(state).matches() || Repeatable.isTemporary(refused);
    }

    /**
     * Leaves its transaction open.
     *
     * @return whether anything was written to the catalog: to read all of it takes far longer than most steps
     */
    private boolean run(List<Unit> units) throws SQLException, StepException, CouldNotRunException {
        Transactions transactions = new OneTransaction(session, options);
        session.command("BEGIN");
        Optional<Long> writes = catalogWrites();
        forget(units.get(0).step());
        for (Unit unit : units) {
            Standing.Entry entry = new Standing.Entry(unit, new Standing.State.Pending());
            try {
                new UnitRun(
                                session,
                                history,
                                new ApplyListener() {},
                                transactions,
                                Optional.empty(),
                                options.decision(),
                                entry)
                        .run();
            } catch (IncompleteException e) {
                throw new IllegalStateException("nobody asked what the step provides", e);
            }
        }
        return writes.isEmpty() || !writes.equals(catalogWrites());
    }

    private Optional<Long> catalogWrites() throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet row = statement.executeQuery(SqlResource.CATALOG_WRITES.text())) {
            row.next();
            return Optional.ofNullable(row.getObject("writes", Long.class));
        }
    }

    /** A step that has its rows in the history does not run. */
    private void forget(Step step) throws SQLException {
        try {
            session.send(history.forget(step));
        } catch (Session.RefusedException e) {
            throw e.error();
        }
    }

    private Manifest manifest() throws CouldNotRunException {
        return Manifest.of(CatalogReader.read(session.connection(), Manifest.scope(plan)), plan);
    }
}
