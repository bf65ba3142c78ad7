package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Session.RefusedException;
import app.trackpay.check.Finding;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Runs one unit: its parts in order, each with its mark in the history. */
final class UnitRun {

    /** The file may have become somebody else; the history is written by whoever connected. */
    private static final Message AS_OURSELVES = Message.of("SET SESSION AUTHORIZATION DEFAULT; RESET ROLE");

    private final Session session;
    private final History history;
    private final ApplyListener listener;
    private final Transactions transactions;
    private final Optional<Verification> verification;
    private final Unit unit;
    private final Optional<Resumption> cutOff;
    private final int cutOffAt;
    private int done;
    private int renewedAt;
    private boolean begun;

    /**
     * Whether the statement outside a transaction may wait only so long for a lock. CREATE INDEX CONCURRENTLY and its kind may wait: they are
     * in nobody's way, and would leave an invalid index behind.
     */
    private boolean limited;

    /** What the parts that are done have set. */
    private final SessionSettings settings;

    /** Said together with the first that there is to say, and nothing from then on. */
    private Message renewal = Message.NOTHING;

    UnitRun(
            Session session,
            History history,
            ApplyListener listener,
            Transactions transactions,
            Optional<Verification> verification,
            Decision decision,
            Standing.Entry entry) {
        this.session = session;
        this.history = history;
        this.listener = listener;
        this.transactions = transactions;
        this.verification = verification;
        this.unit = entry.unit();
        this.done = entry.partsDone();
        this.settings = SessionSettings.behind(unit, done);
        this.begun = entry.state() instanceof Standing.State.Unfinished;
        this.cutOffAt = done;
        this.cutOff = entry.attempt()
                .flatMap(attempt -> entry.state()
                        .history()
                        .map(row -> new Resumption(session, unit, row, attempt, decision, listener)));
    }

    /** Runs what is not done yet; where that is nothing but the last look, that. */
    void run() throws StepException, IncompleteException, CouldNotRunException {
        unit.ownTransactions(transactions.areSeparate()).ifPresent(listener::note);
        unit.emptiness().ifPresent(listener::note);
        renewal = session.isRenewed() ? Message.NOTHING : transactions.renew();
        renewedAt = done;
        if (done == unit.parts().size()) {
            together(new Part(false, List.of(), Optional.empty()));
        }
        for (Part part : unit.parts().subList(done, unit.parts().size())) {
            if (part.alone()) {
                alone((Piece.Sql) part.pieces().get(0));
            } else {
                if (cutOff.isPresent() && done == cutOffAt) {
                    replaced(part);
                }
                together(part);
            }
        }
    }

    /**
     * What the parts before set for the session, as far as it is lost: all of it where this run began or began again, and who the session
     * acted as wherever apply wrote its history. In one transaction also what the parts before set for theirs would hold on.
     */
    private void repeatSettings() throws StepException {
        boolean allLost = done == renewedAt || !transactions.areSeparate();
        for (Statement statement : allLost ? settings.all(privileged()) : settings.identity()) {
            send(new Piece.Sql(List.of(statement)), Message.NOTHING);
        }
    }

    /** Of what was set as somebody else, what not everybody may set. */
    private Set<String> privileged() throws StepException {
        Set<String> borrowed = settings.borrowed();
        if (borrowed.isEmpty()) {
            return Set.of();
        }
        try (PreparedStatement query = session.connection().prepareStatement(SqlResource.PRIVILEGED_SETTINGS.text())) {
            query.setString(1, String.join(",", borrowed));
            try (ResultSet row = query.executeQuery()) {
                Set<String> names = new HashSet<>();
                while (row.next()) {
                    names.add(row.getString(1));
                }
                return names;
            }
        } catch (SQLException e) {
            throw failed(unit.start(), e, false);
        }
    }

    private void together(Part part) throws StepException, IncompleteException, CouldNotRunException {
        int end = last(part);
        int next = Math.min(done + 1, unit.parts().size());
        Message begin = transactions.begin(unit.script().begin(part));
        List<Piece> pieces = part.pieces();
        if (renewal.isNothing() && !begun && !pieces.isEmpty() && pieces.get(0) instanceof Piece.Sql first) {
            // there is no answer to wait for: the renewal of the session was the end of the unit before
            send(first, begin);
            pieces = pieces.subList(1, pieces.size());
        } else {
            open(begun ? begin.then(history.resume(unit, done, Optional.empty())) : begin, end);
            repeatSettings();
        }
        for (Piece piece : pieces) {
            run(piece);
        }
        if (!session.inTransaction()) {
            throw failed(end, new SQLException("the file ended the transaction that apply ran it in", "25P01"), false);
        }
        Message settled = transactions.settle().then(AS_OURSELVES);
        if (isVerified(next)) {
            settle(settled, end);
            List<Finding> missing = verification.orElseThrow().missing(session.connection(), unit);
            if (!missing.isEmpty()) {
                throw new IncompleteException(unit, missing, done);
            }
            settled = Message.NOTHING;
        }
        close(
                settled.then(begun ? history.done(unit, next) : history.first(unit, next)),
                next == unit.parts().size(),
                end);
        begun = true;
        if (done < next) {
            advance();
        }
    }

    private void advance() {
        settings.follow(unit.script(), unit.parts().get(done));
        done++;
    }

    /** Everything before the first piece, in one message. */
    private void open(Message message, int offset) throws StepException {
        boolean alone = send(renewal.then(message), offset);
        renewal = Message.NOTHING;
        if (!alone) {
            String what = begun
                    ? "another apply went on with " + unit.name() + " meanwhile"
                    : "another session runs the plan's steps";
            throw failed(offset, new SQLException(what, "40001"), false);
        }
    }

    /**
     * Everything behind the last piece, in one message: which part of it failed is told by what the server did before. It makes the session
     * new for the next unit, which asks for that again if it failed.
     */
    private void close(Message message, boolean last, int offset) throws StepException {
        Message renewed = last && transactions.areSeparate() ? transactions.renew() : Message.NOTHING;
        try {
            if (session.send(message.then(transactions.commit()).then(renewed)) && !renewed.isNothing()) {
                session.renewed();
            }
        } catch (RefusedException e) {
            if (e.committed()) {
                // the unit is in the database; whoever is next asks for a new session, and is told why there is none
                session.rollBack();
                return;
            }
            // a connection that is lost without a word may have been lost at any of it
            boolean committing = transactions.areSeparate()
                    && (e.cameAfter("INSERT")
                            || e.cameAfter("UPDATE")
                            || Fault.message(e.error()).isEmpty());
            throw atTheEnd(offset, e.error(), committing);
        }
    }

    private void settle(Message message, int offset) throws StepException {
        try {
            session.send(message);
        } catch (RefusedException e) {
            throw atTheEnd(offset, e.error(), false);
        }
    }

    private boolean send(Message message, int offset) throws StepException {
        try {
            return session.send(message);
        } catch (RefusedException e) {
            throw failed(offset, e.error(), false);
        }
    }

    private void alone(Piece.Sql piece) throws StepException, IncompleteException, CouldNotRunException {
        Statement statement = piece.statements().get(0);
        if (!renewal.isNothing()) {
            open(Message.NOTHING, unit.start());
        }
        if (!ended(piece)) {
            runAlone(piece);
        }
        try {
            Message marked = AS_OURSELVES.then(unlimited()).then(Message.of("BEGIN"));
            List<Finding> missing = List.of();
            if (isVerified(done + 1)) {
                session.send(marked);
                missing = verification.orElseThrow().missing(session.connection(), unit);
                marked = Message.NOTHING;
            }
            session.send(
                    marked.then(missing.isEmpty() ? history.done(unit, done + 1) : history.unfinished(unit, done + 1))
                            .then(Message.of("COMMIT")));
            advance();
            if (!missing.isEmpty()) {
                throw new IncompleteException(unit, missing, done);
            }
        } catch (RefusedException e) {
            throw new StepException(
                    unit, new Fault(statement.start(), SqlFailure.At.STATEMENT), e.error(), done, true, true);
        }
    }

    /** Whether it is asked what the step provides: last in the transaction that would finish the unit. */
    private boolean isVerified(int parts) {
        return parts == unit.parts().size()
                && verification.filter(asked -> asked.concerns(unit)).isPresent();
    }

    private void runAlone(Piece.Sql piece) throws StepException {
        String text = unit.script().sent(piece.start(), piece.end());
        agree(piece.statements().get(0), piece.end());
        String attempt = Attempt.words(text);
        open(
                AS_OURSELVES.then(
                        begun ? history.resume(unit, done, Optional.of(attempt)) : history.begin(unit, attempt)),
                piece.start());
        begun = true;
        limited = !(attempt + " ").toUpperCase(Locale.ROOT).contains(" CONCURRENTLY ")
                && !settings.concern("LOCK_TIMEOUT");
        if (limited) {
            open(transactions.limit(), piece.start());
        }
        repeatSettings();
        try {
            session.run(Message.NOTHING, text, n -> true);
        } catch (RefusedException e) {
            history.refused(unit, e.error());
            Fault fault = Fault.of(unit.script(), piece, e);
            StepException failed = new StepException(unit, fault, e.error(), done, true, false);
            throw limited ? failed.repeatable() : failed;
        }
    }

    /** A statement that was refused may stand further down now, behind what repairs the rows: what it left half done would be in its way. */
    private void replaced(Part part) throws StepException, CouldNotRunException {
        Resumption resumption = cutOff.orElseThrow();
        resumption.replaced(part.start());
        Optional<Piece.Sql> moved =
                resumption.among(unit.parts().subList(done, unit.parts().size()));
        if (moved.isPresent()) {
            if (!renewal.isNothing()) {
                open(Message.NOTHING, unit.start());
            }
            ended(moved.get());
        }
    }

    /** The limit for locks is gone as it came. */
    private Message unlimited() {
        Message message = limited ? Message.of("RESET lock_timeout") : Message.NOTHING;
        limited = false;
        return message;
    }

    /** Whether an earlier run began this statement and it ended after all. */
    private boolean ended(Piece.Sql piece) throws StepException, CouldNotRunException {
        if (cutOff.isEmpty() || done != cutOffAt) {
            return false;
        }
        repeatSettings();
        try {
            return cutOff.get().ended(piece);
        } catch (SQLException e) {
            throw failed(piece.start(), e, false);
        }
    }

    /** Where what comes only with the end of a transaction is to be looked for. */
    private int last(Part part) {
        return part.own()
                .map(own -> own.commit().start())
                .orElseGet(() -> part.pieces().isEmpty()
                        ? unit.start()
                        : last(part.pieces().get(part.pieces().size() - 1)));
    }

    private static int last(Piece piece) {
        return piece instanceof Piece.Sql sql
                ? sql.statements().get(sql.statements().size() - 1).start()
                : piece.start();
    }

    private void run(Piece piece) throws StepException {
        Script script = unit.script();
        if (piece instanceof Piece.Sql sql) {
            send(sql, Message.NOTHING);
        } else if (piece instanceof Piece.CopyIn copy) {
            agree(copy.statement(), copy.statement().end());
            try {
                session.copyIn(
                        script.sent(copy.start(), copy.statement().end()),
                        script.source().text().substring(copy.data(), copy.dataEnd()));
            } catch (SQLException e) {
                throw new StepException(unit, Fault.of(script, copy, e), e, done, false, false);
            }
        } else if (piece instanceof Piece.CopyOut copy) {
            try {
                session.copyOut(script.sent(copy.start(), copy.end()));
            } catch (SQLException e) {
                throw new StepException(unit, Fault.of(script, copy, e), e, done, false, false);
            }
        } else if (piece instanceof Piece.Echo echo) {
            listener.echo(echo.text());
        }
    }

    /**
     * @param before what the server is told in the same message
     */
    private void send(Piece.Sql piece, Message before) throws StepException {
        List<Statement> statements = piece.statements();
        agree(statements.get(0), piece.end());
        try {
            session.run(
                    before,
                    unit.script().sent(piece.start(), piece.end()),
                    n -> n >= statements.size() || statements.get(n).kind() != StatementKind.SESSION);
        } catch (RefusedException e) {
            throw new StepException(unit, Fault.of(unit.script(), piece, e), e.error(), done, false, false);
        }
    }

    /** A string that is read in two ways could end in two places, and what is behind it would be run as something else. */
    private void agree(Statement first, int end) throws StepException {
        boolean escapes = session.escapes();
        if (escapes != first.escapes() && unit.script().sent(first.start(), end).indexOf('\\') >= 0) {
            String message = "standard_conforming_strings is " + (escapes ? "off" : "on")
                    + " here, and nothing at the top level of the file says so: the database sets it, or a function does. Write "
                    + "SET standard_conforming_strings = " + (escapes ? "off" : "on")
                    + " above this line if its backslashes are meant so, or else the other value";
            throw failed(first.start(), new SQLException(message, "22P06"), false);
        }
    }

    private StepException failed(int offset, SQLException e, boolean committing) {
        return new StepException(unit, new Fault(offset, SqlFailure.At.STATEMENT), e, done, false, committing);
    }

    private StepException atTheEnd(int offset, SQLException e, boolean committing) {
        Fault fault = new Fault(offset, SqlFailure.At.END_OF_TRANSACTION);
        return new StepException(unit, fault, e, done, false, committing);
    }
}
