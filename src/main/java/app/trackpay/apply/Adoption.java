package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import app.trackpay.database.Database;
import app.trackpay.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes into the history what a database has of a plan already, because somebody set it up by hand or with another tool. */
public final class Adoption {

    private final Database database;
    private final ApplyOptions options;
    private final ApplyListener listener;

    public Adoption(Database database, ApplyOptions options, ApplyListener listener) {
        this.database = database;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Records the steps that are there, in the plan's order, up to the first that is not.
     *
     * @param dryRun only looks
     * @throws CouldNotRunException when a file, the catalog or the record of another tool cannot be read, or the history not be written
     */
    public Adopted adopt(Plan plan, boolean dryRun) throws CouldNotRunException {
        List<Unit> units = Units.of(plan);
        database.requireSessions();
        try (Connection connection = database.connect();
                ApplyLock lock = new ApplyLock(database)) {
            if (!dryRun) {
                lock.take(options.turn(), listener);
            }
            History history = History.of(connection, options.pluginVersion());
            Standing standing = Standing.of(units, history.read());
            List<Finding> contradictions = standing.findings();
            if (!contradictions.isEmpty()) {
                return new Adopted(rows(standing, Survey.NOTHING, dryRun), contradictions);
            }
            Survey survey = plan.declares() ? DeclaredSurvey.of(plan, connection) : PushedSurvey.of(plan, connection);
            List<Adopted.Row> rows = rows(standing, survey, dryRun);
            List<Finding> findings = new ArrayList<>(survey.findings());
            findings.addAll(left(rows, standing, survey));
            if (!dryRun) {
                record(connection, history, rows);
            }
            return new Adopted(rows, List.copyOf(findings));
        } catch (SQLException e) {
            throw new CouldNotRunException(
                    "Adopting " + database.target().host() + " was given up: " + e.getMessage()
                            + ". Nothing was recorded.",
                    e);
        }
    }

    /** In the plan's order. */
    private static List<Adopted.Row> rows(Standing standing, Survey survey, boolean dryRun) {
        List<Adopted.Row> rows = new ArrayList<>();
        int last = lastThere(ids(standing), survey);
        boolean open = true;
        for (Standing.Entry entry : standing.units()) {
            Unit unit = entry.unit();
            Evidence found = survey.of(unit.step().id());
            if (!entry.isPending()) {
                rows.add(new Adopted.Row(unit, "in the history", Adopted.Fate.BEFORE));
            } else if (entry.state() instanceof Standing.State.Unfinished) {
                open = survey.gaps();
                rows.add(new Adopted.Row(unit, "begun by apply, which goes on with it", Adopted.Fate.PENDING));
            } else {
                boolean there = found.standing() == Evidence.Standing.THERE
                        || found.standing() == Evidence.Standing.SILENT
                                && ids(standing).indexOf(unit.step().id()) < last;
                Adopted.Fate fate =
                        !there || !open ? Adopted.Fate.PENDING : dryRun ? Adopted.Fate.WOULD_BE : Adopted.Fate.RECORDED;
                open = open && (there || survey.gaps());
                rows.add(new Adopted.Row(unit, found.text(), fate));
            }
        }
        return List.copyOf(rows);
    }

    private static List<String> ids(Standing standing) {
        return standing.units().stream()
                .map(entry -> entry.unit().step().id())
                .distinct()
                .toList();
    }

    /** The place of the last step that is wholly there. */
    private static int lastThere(List<String> ids, Survey survey) {
        int last = -1;
        for (int i = 0; i < ids.size(); i++) {
            last = survey.of(ids.get(i)).standing() == Evidence.Standing.THERE ? i : last;
        }
        return last;
    }

    /**
     * What the steps that are left lack. Errors where something behind them is there, since then they are no steps that are simply still to
     * run, and where nothing at all could be recorded; else the first of them that lacks something is told as a warning, if it should not be
     * half there.
     */
    private static List<Finding> left(List<Adopted.Row> rows, Standing standing, Survey survey) {
        List<String> ids = ids(standing);
        int last = lastThere(ids, survey);
        List<String> pending = rows.stream()
                .filter(row -> row.fate() == Adopted.Fate.PENDING)
                .map(row -> row.unit().step().id())
                .distinct()
                .toList();
        boolean nothing = pending.size() == ids.size();
        Optional<String> lacking = pending.stream()
                .filter(id -> survey.of(id).standing() == Evidence.Standing.LACKING)
                .findFirst();
        List<Finding> findings = new ArrayList<>();
        for (String id : pending) {
            boolean first = lacking.filter(id::equals).isPresent();
            boolean wrong = ids.indexOf(id) < last || nothing && first;
            if (survey.gaps() ? wrong : first) {
                survey.of(id).lacks().forEach(finding -> findings.add(wrong ? finding : finding.as(Severity.WARNING)));
            }
        }
        return findings;
    }

    private void record(Connection connection, History history, List<Adopted.Row> rows) throws SQLException {
        List<Adopted.Row> recorded =
                rows.stream().filter(row -> row.fate() == Adopted.Fate.RECORDED).toList();
        if (recorded.isEmpty()) {
            return;
        }
        connection.setAutoCommit(false);
        history.prepare();
        for (Adopted.Row row : recorded) {
            history.adopt(row.unit(), row.evidence());
        }
        connection.commit();
    }
}
