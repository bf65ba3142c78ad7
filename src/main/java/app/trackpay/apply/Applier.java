package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.Meanwhile;
import app.trackpay.catalog.Identifier;
import app.trackpay.check.Finding;
import app.trackpay.database.Database;
import app.trackpay.plan.Plan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs what a database lacks of a plan, in the plan's order, each step or section with its history row in one transaction. */
public final class Applier {

    private final Database database;
    private final ApplyOptions options;
    private final ApplyListener listener;

    public Applier(Database database, ApplyOptions options, ApplyListener listener) {
        this.database = database;
        this.options = options;
        this.listener = listener;
    }

    /**
     * Applies what is pending. Whatever can be found wrong without running anything is found first.
     *
     * @throws CouldNotRunException when a file cannot be read or understood, the server is a replica or behind a transaction pooler, a
     *     privilege is missing, another applier does not end, or the connection is lost
     */
    public Outcome apply(Plan plan) throws CouldNotRunException {
        return apply(plan, Meanwhile.begin(() -> Units.of(plan))::result, Optional.empty());
    }

    /** With the plan's files read already. */
    Outcome apply(Plan plan, List<Unit> units) throws CouldNotRunException {
        return apply(plan, () -> units, Optional.empty());
    }

    /**
     * Applies what is pending in one transaction, which a gate ends.
     *
     * @throws CouldNotRunException as above, or with every statement that cannot be in a transaction
     */
    public Outcome apply(Plan plan, Gate gate) throws CouldNotRunException {
        return apply(plan, Meanwhile.begin(() -> Units.of(plan))::result, Optional.of(gate));
    }

    private Outcome apply(Plan plan, Meanwhile.Work<List<Unit>> units, Optional<Gate> gate)
            throws CouldNotRunException {
        database.requireSessions();
        try (Connection connection = database.connect();
                ApplyLock lock = new ApplyLock(database)) {
            TargetState target = TargetState.of(connection);
            target.refuseUnfit();
            List<Unit> read = units.result();
            lock.take(options.turn(), listener);
            History history = History.of(connection, options.pluginVersion());
            Standing standing = Standing.of(read, history.read());
            List<Finding> findings = standing.findings();
            if (findings.isEmpty()) {
                return run(plan, standing, connection, history, target, gate);
            }
            standing.interruptions().forEach(listener::note);
            return new Outcome.Refused(findings);
        } catch (SQLException e) {
            throw new CouldNotRunException(
                    "Applying to " + database.target().host() + " stopped before the first step: " + e.getMessage()
                            + ".",
                    e);
        }
    }

    private Outcome run(
            Plan plan,
            Standing standing,
            Connection connection,
            History history,
            TargetState target,
            Optional<Gate> gate)
            throws SQLException, CouldNotRunException {
        List<Standing.Entry> pending = standing.pending();
        List<Unit> applied = new ArrayList<>(standing.units().stream()
                .filter(entry -> !entry.isPending())
                .map(Standing.Entry::unit)
                .toList());
        int before = applied.size();
        if (pending.isEmpty()) {
            return new Outcome.Applied(List.of(), before);
        }
        if (!history.exists()) {
            target.refuseWithoutCreate();
        }
        Session session = new Session(connection, listener, options.rowsShown());
        Aftermath aftermath = new Aftermath(
                plan, database.target(), applied, gate.map(Ending::of).orElse(Ending.EACH));
        try (BlockerWatch watch = new BlockerWatch(database, target.pid(), options.lockTimeout())) {
            Patience patience = new Patience(session, watch, options.lockTimeout(), listener);
            if (gate.isPresent()) {
                OpenTransaction inside = new OpenTransaction(connection, database.target());
                AtomicRun run = new AtomicRun(plan, session, history, options, listener, gate.get(), inside);
                run.refuseWhatCannotBeTakenBack(pending);
                return patience.run(() -> run.run(pending, before));
            }
            history.prepare();
            Transactions transactions = new SeparateTransactions(session, options);
            Optional<Verification> verification = Verification.of(plan, options);
            for (Standing.Entry entry : pending) {
                long start = System.nanoTime();
                UnitRun run =
                        new UnitRun(session, history, listener, transactions, verification, options.decision(), entry);
                patience.run(() -> {
                    run.run();
                    return entry;
                });
                applied.add(entry.unit());
                listener.done(Progress.of(plan, entry.unit(), Duration.ofNanos(System.nanoTime() - start)));
            }
            return new Outcome.Applied(ran(applied, before), before);
        } catch (StepException e) {
            session.rollBack();
            return new Outcome.Failed(aftermath.of(e), ran(applied, before), e.leftOut());
        } catch (IncompleteException e) {
            session.rollBack();
            return new Outcome.Incomplete(aftermath.of(e), ran(applied, before));
        }
    }

    private static List<Unit> ran(List<Unit> applied, int before) {
        return List.copyOf(applied.subList(before, applied.size()));
    }

    /** The server as far as apply depends on it. */
    private record TargetState(
            boolean replica, boolean readOnly, boolean mayCreate, String user, String database, int pid) {

        static TargetState of(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(SqlResource.TARGET.text())) {
                row.next();
                return new TargetState(
                        row.getBoolean("replica"),
                        row.getBoolean("read_only"),
                        row.getBoolean("may_create"),
                        row.getString("username"),
                        row.getString("database"),
                        row.getInt("pid"));
            }
        }

        void refuseUnfit() throws CouldNotRunException {
            if (replica) {
                throw new CouldNotRunException(
                        "The server is a read replica: nothing can be applied to it. Use the URL of the primary; "
                                + "health, verify-rls and check-manifest work on a replica.");
            }
            if (readOnly) {
                throw new CouldNotRunException(
                        "Database " + database + " is read only for " + user
                                + " (default_transaction_read_only): nothing can be applied. Use a role or a database that may write.");
            }
        }

        void refuseWithoutCreate() throws CouldNotRunException {
            if (!mayCreate) {
                throw new CouldNotRunException(
                        "Role " + user + " may not create schema trackpay_history, where apply keeps its record. "
                                + "Connect as the owner, or run: GRANT CREATE ON DATABASE "
                                + Identifier.quote(database) + " TO " + Identifier.quote(user) + ";");
            }
        }
    }
}
