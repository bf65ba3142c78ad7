package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs everything that is pending in one transaction, history included, and lets a gate decide how that ends.
 *
 * @param inside the database as the transaction sees it
 */
record AtomicRun(
        Plan plan,
        Session session,
        History history,
        ApplyOptions options,
        ApplyListener listener,
        Gate gate,
        OpenTransaction inside) {

    /**
     * Finds what cannot be in a transaction.
     *
     * @throws CouldNotRunException with all such statements, where the run is no dry run
     */
    void refuseWhatCannotBeTakenBack(List<Standing.Entry> pending) throws CouldNotRunException {
        List<LeftOut> alone = leftOut(pending);
        if (!alone.isEmpty() && !gate.isDryRun()) {
            throw new CouldNotRunException(alone.stream()
                    .map(statement -> "\n  " + statement.location() + ": " + statement.text())
                    .collect(Collectors.joining(
                            "",
                            "trackpay.atomic wants everything in one transaction, and the server refuses these statements in any:",
                            "\nNothing was applied. Apply without trackpay.atomic: each step is then committed by itself. Or"
                                    + " write them another way, such as CREATE INDEX without CONCURRENTLY, which keeps others"
                                    + " from writing to the table while it is built.")));
        }
    }

    /**
     * One try. It leaves no transaction open when it ends by itself; after an exception the transaction has to be rolled back. A dry run
     * finds by trying which of the doubtful statements the server refuses, and then starts again without them.
     *
     * @param before how many units were applied before
     */
    Outcome run(List<Standing.Entry> pending, int before)
            throws SQLException, StepException, IncompleteException, CouldNotRunException {
        List<LeftOut> leftOut = leftOut(pending);
        while (true) {
            try {
                return run(pending, before, leftOut);
            } catch (StepException e) {
                LeftOut more = refusedInside(pending, e).orElseThrow(() -> e);
                session.command("ROLLBACK");
                listener.note(
                        more.location() + ": the server refuses this statement inside a transaction, as it turns out;"
                                + " the dry run starts again and leaves it out");
                leftOut = Stream.concat(leftOut.stream(), Stream.of(more)).toList();
            }
        }
    }

    /** The statement of a dry run that can only run outside a transaction, as the server has just told. */
    private Optional<LeftOut> refusedInside(List<Standing.Entry> pending, StepException e) {
        if (!gate.isDryRun() || !"25001".equals(e.error().getSQLState())) {
            return Optional.empty();
        }
        int at = e.fault().offset();
        return pending.stream()
                .map(Standing.Entry::unit)
                .filter(unit -> unit.script().equals(e.unit().script()))
                .flatMap(unit -> unit.parts().stream()
                        .filter(part -> part.alone() && part.start() <= at && at < part.end())
                        .map(part -> new LeftOut(unit, part.statement())))
                .findFirst();
    }

    private Outcome run(List<Standing.Entry> pending, int before, List<LeftOut> leftOut)
            throws SQLException, StepException, IncompleteException, CouldNotRunException {
        Connection connection = session.connection();
        Transactions transactions = new OneTransaction(session, options);
        session.command("BEGIN");
        history.prepare();
        gate.before(inside);
        Optional<Footprint> footprint = gate.isDryRun() ? Optional.of(Footprint.before(connection)) : Optional.empty();
        List<Unit> ran = new ArrayList<>();
        for (Standing.Entry entry : pending) {
            long start = System.nanoTime();
            try {
                new UnitRun(
                                session,
                                history,
                                listener,
                                transactions,
                                verification(entry, leftOut),
                                options.decision(),
                                without(leftOut, entry))
                        .run();
            } catch (StepException e) {
                throw e.after(leftOut.stream()
                        .filter(left -> ran.contains(left.unit())
                                || left.unit().equals(entry.unit())
                                        && left.statement().start() < e.fault().offset())
                        .toList());
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            if (footprint.isPresent()) {
                footprint.get().after(entry.unit(), took);
            }
            ran.add(entry.unit());
            listener.done(Progress.of(plan, entry.unit(), took));
        }
        Trial trial = new Trial(
                List.copyOf(ran), leftOut, footprint.map(Footprint::locks).orElse(List.of()));
        if (!isOpen(trial)) {
            session.command("ROLLBACK");
            return new Outcome.TakenBack(trial);
        }
        commit(ran.get(ran.size() - 1));
        return new Outcome.Applied(trial.ran(), before);
    }

    private boolean isOpen(Trial trial) throws CouldNotRunException {
        try {
            return gate.opens(inside, trial);
        } catch (CouldNotRunException e) {
            throw new CouldNotRunException(e.getMessage() + " Nothing was committed.", e);
        }
    }

    private void commit(Unit last) throws StepException {
        try {
            session.command("COMMIT");
        } catch (SQLException e) {
            throw new StepException(last, new Fault(last.start(), SqlFailure.At.STATEMENT), e, 0, false, true);
        }
    }

    /** What a step provides cannot be asked where a part of it was not tried. */
    private Optional<Verification> verification(Standing.Entry entry, List<LeftOut> leftOut) {
        String id = entry.unit().step().id();
        return leftOut.stream().anyMatch(left -> left.unit().step().id().equals(id))
                ? Optional.empty()
                : Verification.of(plan, options);
    }

    private static List<LeftOut> leftOut(List<Standing.Entry> pending) {
        return pending.stream()
                .flatMap(entry -> LeftOut.of(entry.unit(), entry.partsDone()).stream())
                .toList();
    }

    /** The same with nothing in it that runs outside the transaction. */
    private static Standing.Entry without(List<LeftOut> leftOut, Standing.Entry entry) {
        Unit unit = entry.unit();
        List<Part> parts = new ArrayList<>(unit.parts().subList(0, entry.partsDone()));
        unit.parts().stream()
                .skip(entry.partsDone())
                .filter(part -> !part.alone() || !leftOut.contains(new LeftOut(unit, part.statement())))
                .map(Part::inside)
                .forEach(parts::add);
        // what became of a statement that was cut off is left out with it
        return parts.equals(unit.parts())
                ? entry
                : new Standing.Entry(unit.with(parts), entry.state()).withoutAttempt();
    }
}
