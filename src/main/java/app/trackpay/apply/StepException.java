package app.trackpay.apply;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A unit that the server refused, on its way to whoever knows what that means for the plan. */
final class StepException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Unit unit;
    private final transient Fault fault;
    private final transient SQLException error;
    private final int partsDone;
    private final boolean alone;
    private final boolean committing;
    private final transient Optional<Blocker> blocker;
    private final transient List<LeftOut> leftOut;
    private final boolean repeatable;

    /**
     * @param partsDone how many parts of the unit are done and stay
     * @param alone the statement ran outside a transaction
     * @param committing the error came with COMMIT
     */
    StepException(Unit unit, Fault fault, SQLException error, int partsDone, boolean alone, boolean committing) {
        this(unit, fault, error, partsDone, alone, committing, Optional.empty(), List.of(), !alone);
    }

    private StepException(
            Unit unit,
            Fault fault,
            SQLException error,
            int partsDone,
            boolean alone,
            boolean committing,
            Optional<Blocker> blocker,
            List<LeftOut> leftOut,
            boolean repeatable) {
        super(error);
        this.unit = unit;
        this.fault = fault;
        this.error = error;
        this.partsDone = partsDone;
        this.alone = alone;
        this.committing = committing;
        this.blocker = blocker;
        this.leftOut = leftOut;
        this.repeatable = repeatable;
    }

    /** The same, with the session that held the lock it waited for. */
    StepException blockedBy(Blocker holder) {
        return new StepException(
                unit, fault, error, partsDone, alone, committing, Optional.of(holder), leftOut, repeatable);
    }

    /** The same, with what a dry run left out before it. */
    StepException after(List<LeftOut> statements) {
        return new StepException(unit, fault, error, partsDone, alone, committing, blocker, statements, repeatable);
    }

    /** The same, of a statement that ran outside a transaction and leaves nothing behind when it has to wait too long. */
    StepException repeatable() {
        return new StepException(unit, fault, error, partsDone, alone, committing, blocker, leftOut, true);
    }

    /** Whether it can simply be tried again. */
    boolean isRepeatable() {
        return repeatable;
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }

    Optional<Blocker> blocker() {
        return blocker;
    }

    /** Whether nothing is wrong with the statement but that somebody else holds a lock. */
    boolean isLockTimeout() {
        return "55P03".equals(error.getSQLState());
    }

    Unit unit() {
        return unit;
    }

    Fault fault() {
        return fault;
    }

    SQLException error() {
        return error;
    }

    int partsDone() {
        return partsDone;
    }

    boolean alone() {
        return alone;
    }

    boolean committing() {
        return committing;
    }
}
