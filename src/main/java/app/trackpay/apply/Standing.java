package app.trackpay.apply;

import app.trackpay.check.Finding;
import app.trackpay.check.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plan's files beside the database's memory of them.
 *
 * @param units in the plan's order
 * @param gone what the history knows and the plan does not
 */
public record Standing(List<Entry> units, List<HistoryRow> gone) {

    /** How far a unit has come. */
    public sealed interface State {

        /** One word for a table. */
        String word();

        /** What the history has of it; nothing of what did not run. */
        default Optional<HistoryRow> history() {
            return Optional.empty();
        }

        /** It ran, to its end or not. */
        sealed interface Begun extends State {

            HistoryRow row();

            @Override
            default Optional<HistoryRow> history() {
                return Optional.of(row());
            }
        }

        /** It did not run. */
        record Pending() implements State {

            @Override
            public String word() {
                return "pending";
            }
        }

        /** It stopped between two parts; the next run goes on behind the last one. */
        record Unfinished(HistoryRow row) implements Begun {

            @Override
            public String word() {
                return "unfinished";
            }
        }

        /** It ran as the file stands, or was found in the database and taken as if it had. */
        record Applied(HistoryRow row) implements Begun {

            @Override
            public String word() {
                return row.evidence().isPresent() ? "adopted" : "applied";
            }
        }

        /** It ran, and the file is another since. */
        record Changed(HistoryRow row) implements Begun {

            @Override
            public String word() {
                return "changed";
            }
        }
    }

    /** A step or section and how far it has come. */
    public record Entry(Unit unit, State state) {

        boolean isPending() {
            return state instanceof State.Pending || state instanceof State.Unfinished;
        }

        /** The statement outside a transaction at which an earlier run ended. */
        Optional<Attempt> attempt() {
            return state.history().flatMap(HistoryRow::attempt);
        }

        /** The same where nobody asks what became of that statement. */
        Entry withoutAttempt() {
            return state instanceof State.Unfinished unfinished
                    ? new Entry(unit, new State.Unfinished(unfinished.row().withoutAttempt()))
                    : this;
        }

        /** How many of its parts are done already. */
        int partsDone() {
            return state instanceof State.Unfinished unfinished
                    ? unfinished.row().parts()
                    : 0;
        }
    }

    /** Whether the database has no history of this plan. */
    public boolean isEmpty() {
        return gone.isEmpty() && units.stream().allMatch(entry -> entry.state() instanceof State.Pending);
    }

    /** Compares; nothing is read or written. */
    static Standing of(List<Unit> units, List<HistoryRow> history) {
        Map<Map.Entry<String, Integer>, HistoryRow> rows = new LinkedHashMap<>();
        history.forEach(row -> rows.put(Map.entry(row.step(), row.section()), row));
        List<Entry> entries = new ArrayList<>();
        for (Unit unit : units) {
            Optional<HistoryRow> row =
                    Optional.ofNullable(rows.remove(Map.entry(unit.step().id(), unit.section())));
            entries.add(new Entry(unit, row.map(r -> state(unit, r)).orElseGet(State.Pending::new)));
        }
        return new Standing(List.copyOf(entries), List.copyOf(rows.values()));
    }

    private static State state(Unit unit, HistoryRow row) {
        boolean finished = row.finishedAt().isPresent();
        int done = finished ? unit.parts().size() : row.parts();
        if (done > unit.parts().size() || !unit.checksum(done).equals(row.checksum())) {
            return new State.Changed(row);
        }
        return finished ? new State.Applied(row) : new State.Unfinished(row);
    }

    /** What is still to run. */
    List<Entry> pending() {
        return units.stream().filter(Entry::isPending).toList();
    }

    /** Why nothing may run: {@code changed-after-apply} and {@code order-violation}; empty when it may. */
    public List<Finding> findings() {
        Deque<Finding> findings = new ArrayDeque<>();
        gone.forEach(row -> findings.add(gone(row)));
        // from the end, where each finds the first behind it that began
        Optional<Unit> begun = Optional.empty();
        for (int i = units.size() - 1; i >= 0; i--) {
            Entry entry = units.get(i);
            if (entry.state() instanceof State.Changed changed) {
                findings.addFirst(changed(entry.unit(), changed.row()));
            } else if (entry.isPending()) {
                begun.ifPresent(later -> findings.addFirst(outOfOrder(entry.unit(), later)));
            }
            if (!(entry.state() instanceof State.Pending)) {
                begun = Optional.of(entry.unit());
            }
        }
        return List.copyOf(findings);
    }

    /** The statements outside transactions at which earlier runs ended, for whoever is not told of them by a run that goes on. */
    public List<String> interruptions() {
        return units.stream()
                .flatMap(entry -> entry.attempt().stream().map(attempt -> interruption(entry.unit(), attempt)))
                .toList();
    }

    private static String interruption(Unit unit, Attempt attempt) {
        return unit.name() + " (" + unit.step().name()
                + ") stopped in an earlier apply at a statement outside a transaction, which "
                + (attempt.failed() ? "the server refused" : "was begun and not seen to end") + ": "
                + attempt.statement()
                + ". The next apply that has nothing else to refuse looks what became of it";
    }

    private static Finding changed(Unit unit, HistoryRow row) {
        if (row.finishedAt().isEmpty()) {
            return new Finding(
                            "changed-after-apply",
                            Severity.ERROR,
                            unit.object(),
                            unit.name()
                                    + " stopped half-way, and the part of it that had run before is another text now: the"
                                    + " database does not have what the file says",
                            "put that part back as it ran, and mend only what stands behind it; what is to run first there goes between"
                                    + " BEGIN; and COMMIT; lines of its own")
                    .from(unit.step());
        }
        return new Finding(
                        "changed-after-apply",
                        Severity.ERROR,
                        unit.object(),
                        unit.name() + " was applied on " + row.day()
                                + " and its text is another now: the database does not have " + "what the file says",
                        "put the text back as it was applied, and bring the change in a step of its own; if the change changes"
                                + " nothing in the database, such as a comment, say so and why: mvn trackpay:accept-change"
                                + " -Dtrackpay.step=" + Acceptance.id(unit) + " -Dtrackpay.reason=\"\u2026\"")
                .from(unit.step());
    }

    private static Finding outOfOrder(Unit unit, Unit later) {
        return new Finding(
                        "order-violation",
                        Severity.ERROR,
                        unit.object(),
                        unit.name() + " has not run, but " + later.name() + ", which comes after it, has",
                        "move it behind the last applied step of the plan, and make sure that it still fits there")
                .from(unit.step());
    }

    private static Finding gone(HistoryRow row) {
        String name = row.section() == 0 ? "step " + row.step() : "section " + row.section() + " of step " + row.step();
        return new Finding(
                "changed-after-apply",
                Severity.ERROR,
                "file " + row.file() + (row.section() == 0 ? "" : " section " + row.section()),
                name + " was applied on " + row.day() + " and the plan does not have it any more",
                "put it back into the plan, with the same id, number and file");
    }
}
