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
     * One try. It leaves no transaction open when it ends by itself; after an exception the transaction has to be rolled back.
     *
     * @param before what was applied before, in order
     */
    Outcome run(List<Standing.Entry> pending, int before)
            throws SQLException, StepException, IncompleteException, CouldNotRunException {
        Connection connection = session.connection();
        Transactions transactions = new OneTransaction(session, options);
        session.command("BEGIN");
        history.prepare();
        gate.before(inside);
        Optional<Footprint> footprint = gate.isDryRun() ? Optional.of(Footprint.before(connection)) : Optional.empty();
        List<LeftOut> leftOut = leftOut(pending);
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

    private static Standing.Entry without(List<LeftOut> leftOut, Standing.Entry entry) {
        Unit unit = entry.unit();
        if (leftOut.stream().noneMatch(left -> left.unit().equals(unit))) {
            return entry;
        }
        List<Part> parts = new ArrayList<>(unit.parts().subList(0, entry.partsDone()));
        unit.parts().stream()
                .skip(entry.partsDone())
                .filter(part -> !part.alone())
                .forEach(parts::add);
        // what became of a statement that was cut off is left out with it
        return new Standing.Entry(unit.with(parts), entry.state()).withoutAttempt();
    }
}
