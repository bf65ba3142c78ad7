package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Goes on with a unit at a statement outside a transaction that an earlier run began and of which nobody saw the end. */
record Resumption(
        Session session, Unit unit, HistoryRow row, Attempt attempt, Decision decision, ApplyListener listener) {

    /**
     * Finds out what became of the statement, and takes away what it left half done.
     *
     * @return whether it ended, so that it must not run again
     * @throws CouldNotRunException when a person has to say
     */
    boolean ended(Piece.Sql piece) throws SQLException, CouldNotRunException {
        String where = unit.script().source().location(piece.start());
        Fate fate = new CutOff(session.connection(), unit.script().sent(piece.start(), piece.end()), attempt).fate();
        if (fate instanceof Fate.Undecided undecided) {
            return decided(where, undecided);
        }
        listener.recognised(where + ": " + (attempt.failed() ? "refused" : "begun and not seen to end")
                + " in an earlier apply; " + fate.seen());
        if (fate instanceof Fate.Again again) {
            for (String command : again.before()) {
                session.command(command);
            }
        } else if (fate instanceof Fate.Ended half) {
            session.command(half.instead());
        }
        return !(fate instanceof Fate.Again);
    }

    /**
     * Something else stands in the statement's place now, and so nothing can tell what became of it.
     *
     * @throws CouldNotRunException when a person has to say
     */
    void replaced(int offset) throws CouldNotRunException {
        if (!attempt.failed()) {
            decided(unit.script().source().location(offset), CutOff.other(attempt));
        }
    }

    /** The same statement among others, where it was refused. */
    Optional<Piece.Sql> among(List<Part> parts) {
        return parts.stream()
                .filter(part -> attempt.failed() && part.alone())
                .map(part -> (Piece.Sql) part.pieces().get(0))
                .filter(piece -> Attempt.words(unit.script().sent(piece.start(), piece.end()))
                        .equals(attempt.statement()))
                .findFirst();
    }

    private boolean decided(String where, Fate.Undecided undecided) throws CouldNotRunException {
        if (decision == Decision.ASK) {
            throw new CouldNotRunException(question(where, undecided));
        }
        boolean ended = decision == Decision.FINISHED;
        listener.recognised(where + ": begun and not seen to end in an earlier apply; "
                + (ended ? "taken as ended" : "runs again") + ", as trackpay.interrupted says");
        return ended;
    }

    private String question(String where, Fate.Undecided undecided) {
        return where + ": this statement runs outside a transaction. An apply of " + row.appliedBy()
                + " began it and was cut off before its end, and whether it ended is for you to say: "
                + undecided.seen()
                + ". Nothing was run.\n"
                + "  If it ended as it should, go on behind it:  mvn trackpay:apply -Dtrackpay.interrupted=finished\n"
                + "  If it did not: " + undecided.repair() + "\n"
                + "  Then run it again:                          mvn trackpay:apply -Dtrackpay.interrupted=again";
    }
}
