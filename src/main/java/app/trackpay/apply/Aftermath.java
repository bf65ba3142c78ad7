package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import app.trackpay.database.Target;
import app.trackpay.plan.Plan;
import app.trackpay.plan.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a refused unit means: something to mend in the file, or a connection that is gone.
 *
 * @param applied the units that are applied, in order
 * @param ending what becomes of the others
 */
record Aftermath(Plan plan, Target target, List<Unit> applied, Ending ending) {

    private static final Set<String> LAST_WORDS = Set.of("FATAL", "PANIC");

    /**
     * The failure as people read it.
     *
     * @throws CouldNotRunException when the server is gone or somebody else is at work
     */
    SqlFailure of(StepException e) throws CouldNotRunException {
        SQLException error = e.error();
        String state = Optional.ofNullable(error.getSQLState()).orElse("");
        Optional<ServerErrorMessage> server = Fault.message(error);
        Optional<String> closed = server.isEmpty() && state.startsWith("08")
                ? Optional.ofNullable(error.getMessage()).flatMap(DriverSetting::advice)
                : Optional.empty();
        // a server that cannot reach another one says so in the same words, and lives on
        boolean alive = server.map(ServerErrorMessage::getSeverity)
                .filter(severity -> !LAST_WORDS.contains(severity))
                .isPresent();
        if (closed.isEmpty() && (state.startsWith("08") && !alive || state.startsWith("57P"))) {
            throw new CouldNotRunException(lost(e), error);
        }
        if (tookOver(state, server)) {
            throw new CouldNotRunException(
                    "Another apply is at work on this database: " + error.getMessage() + ". Run apply again.", error);
        }
        String message = server.map(ServerErrorMessage::getMessage).orElse(error.getMessage());
        return SqlFailure.of(
                e,
                e.blocker()
                        .map(blocker -> "the lock it waits for is held by " + blocker.line()
                                + ". Wait until that ends, end it with SELECT pg_terminate_backend(" + blocker.pid()
                                + "), run apply when it is quiet, or wait longer with -Dtrackpay.lockTimeout.")
                        .or(() -> closed)
                        .or(() -> new Troubleshooting(plan, e.unit(), target.kind()).advice(state, message)),
                consequence(e));
    }

    /** Only two appliers at once can meet in the history: the lock's connection was lost, or somebody writes there by hand. */
    private static boolean tookOver(String state, Optional<ServerErrorMessage> server) {
        return server.map(m -> state.equals("23505") && "trackpay_history".equals(m.getSchema()))
                .orElse(state.equals("40001"));
    }

    private String lost(StepException e) {
        String where = target.host() + ":" + target.port() + "/" + target.database();
        String fate;
        if (e.committing()) {
            fate = "whether its last statement counts is not known here, but the database's own history knows";
        } else if (e.alone()) {
            fate = "the statement at "
                    + e.unit().script().source().location(e.fault().offset())
                    + " ran outside a transaction: the next run looks what became of it";
        } else {
            fate = "its transaction was not committed and leaves nothing behind";
        }
        return "The connection to " + where + " was lost while " + e.unit().name() + " ("
                + e.unit().step().name() + ") ran (" + e.error().getMessage() + "); " + fate + ". " + capital(kept())
                + " Run apply again: it goes on from there.";
    }

    /** What a step lacks, as people read it. */
    List<Finding> of(IncompleteException e) {
        Step step = e.unit().step();
        String fix = consequence(
                e.unit(),
                e.partsDone(),
                Optional.empty(),
                "Make " + step.name() + " leave it behind, or correct what the plan says that step " + step.id()
                        + " provides, and run apply again.");
        return e.missing().stream().map(missing -> missing.advising(fix)).toList();
    }

    private String consequence(StepException e) {
        Optional<String> next = e.alone() ? Optional.of(next(e)) : Optional.empty();
        return consequence(e.unit(), e.partsDone(), next, remedy(e.error()));
    }

    /** What the next run does about a statement that nothing rolls back. */
    private static String next(StepException e) {
        Part part = e.unit().parts().get(e.partsDone());
        return e.committing()
                ? "looks what became of it"
                : CutOff.next(e.unit().script().sent(part.start(), part.end()));
    }

    /** Some errors are nothing to mend in a file. */
    private static String remedy(SQLException error) {
        String state = Optional.ofNullable(error.getSQLState()).orElse("");
        return switch (state) {
            case "55P03" -> "Run apply again when the lock is free, or with a longer -Dtrackpay.lockTimeout.";
            case "57014" ->
                "Run apply again, with a longer -Dtrackpay.statementTimeout if it was the time that ran out.";
            case "40001", "40P01" -> "Run apply again: another session was in the way.";
            default ->
                state.startsWith("53")
                        ? "Run apply again when the server has room for it."
                        : "Mend the file and run apply again.";
        };
    }

    /**
     * @param next what the next run does about the statement, where that ran outside a transaction
     */
    private String consequence(Unit unit, int partsDone, Optional<String> next, String remedy) {
        String name = capital(unit.name());
        String fate;
        if (ending != Ending.EACH) {
            return fate() + " " + remedy;
        }
        if (next.isPresent()) {
            fate = name
                    + " stopped at a statement that runs outside a transaction: nothing rolls that back. The next run "
                    + next.get() + "."
                    + (partsDone > 0
                            ? " What stands up to " + end(unit, partsDone)
                                    + " stays applied and must stay as it is; what is to run before this statement goes between"
                                    + " BEGIN; and COMMIT; lines of its own behind it."
                            : "");
        } else if (partsDone > 0) {
            fate = name + ": what stands up to " + end(unit, partsDone) + " stays applied"
                    + (partsDone < unit.parts().size() ? "; what came behind it was rolled back." : ".");
        } else {
            fate = name + " was rolled back;";
        }
        boolean open = fate.endsWith(";");
        String mend = " " + remedy;
        if (target.kind() == Target.Kind.REHEARSAL) {
            return (open ? fate.substring(0, fate.length() - 1) + "." : fate) + mend;
        }
        return fate + " " + (open ? kept() : capital(kept())) + mend;
    }

    /** The line with which a unit's first parts end. */
    private static String end(Unit unit, int parts) {
        Source source = unit.script().source();
        int last = unit.parts().get(parts - 1).end() - 1;
        return source.file() + ":" + source.place(last).line();
    }

    /** Of a run in one transaction. */
    private String fate() {
        return ending == Ending.DRY_RUN
                ? "The dry run was rolled back: the database is as it was."
                : "Nothing was committed: the whole run was one transaction, and it was rolled back.";
    }

    private String kept() {
        if (applied.isEmpty()) {
            return "no step was applied before it.";
        }
        Unit first = applied.get(0);
        Unit last = applied.get(applied.size() - 1);
        String from = first.step().id();
        String to = last.step().id();
        String until = last.section() == 0 ? "" : " (up to section " + last.section() + ")";
        return from.equals(to)
                ? "step " + from + until + " stays applied."
                : "steps " + from + " to " + to + until + " stay applied.";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
