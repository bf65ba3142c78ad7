package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Database;
import app.trackpay.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Takes a file that changed after it was applied as applied, because a person says so and why. There is no other way to that. */
public final class Acceptance {

    private final Database database;
    private final ApplyOptions options;
    private final ApplyListener listener;

    public Acceptance(Database database, ApplyOptions options, ApplyListener listener) {
        this.database = database;
        this.options = options;
        this.listener = listener;
    }

    /**
     * What was accepted, as the history keeps it.
     *
     * @param was the checksum of the text that ran
     * @param is the checksum of the text that counts from now on
     */
    public record Accepted(Unit unit, String was, String is, String reason) {}

    /**
     * Accepts one step or section.
     *
     * @param name a step's id, or {@code id#n} for its n-th section
     * @param dryRun only looks
     * @throws CouldNotRunException when there is no such step, it has not changed, or the history cannot be written
     */
    public Accepted accept(Plan plan, String name, String reason, boolean dryRun) throws CouldNotRunException {
        if (name.isBlank() || reason.isBlank()) {
            throw new CouldNotRunException(
                    "Accepting a change needs the step's id and a reason, which both stay in the history:"
                            + " -Dtrackpay.step=3.7 -Dtrackpay.reason=\"only a comment was added\".");
        }
        List<Unit> units = Units.of(plan);
        database.requireSessions();
        try (Connection connection = database.connect();
                ApplyLock lock = new ApplyLock(database)) {
            if (!dryRun) {
                lock.take(options.turn(), listener);
            }
            History history = History.of(connection, options.pluginVersion());
            Standing standing = Standing.of(units, history.read());
            Standing.Entry entry = entry(standing, name.strip());
            HistoryRow row = changed(entry);
            String checksum = checksum(entry.unit(), row);
            if (!dryRun) {
                record(history, entry.unit(), row.checksum(), checksum, reason.strip());
            }
            return new Accepted(entry.unit(), row.checksum(), checksum, reason.strip());
        } catch (SQLException e) {
            throw new CouldNotRunException(
                    "The change could not be accepted: " + e.getMessage() + ". The history is as it was.", e);
        }
    }

    private void record(History history, Unit unit, String was, String is, String reason)
            throws CouldNotRunException, SQLException {
        history.prepare();
        if (!history.accept(unit, was, is, reason)) {
            throw new CouldNotRunException("The history of " + unit.name()
                    + " changed meanwhile: look at mvn trackpay:status, then run again.");
        }
    }

    private static Standing.Entry entry(Standing standing, String name) throws CouldNotRunException {
        return standing.units().stream()
                .filter(entry -> id(entry.unit()).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new CouldNotRunException("The plan has no step \"" + name + "\". " + choice(standing)));
    }

    private static String choice(Standing standing) {
        List<String> changed = standing.units().stream()
                .filter(entry -> entry.state() instanceof Standing.State.Changed)
                .map(entry -> id(entry.unit()))
                .toList();
        return changed.isEmpty()
                ? "No step has changed since it was applied, so there is nothing to accept."
                : "Changed since they were applied: " + String.join(", ", changed) + ".";
    }

    /** The name a user types for it. */
    static String id(Unit unit) {
        return unit.step().id() + (unit.section() == 0 ? "" : "#" + unit.section());
    }

    private static HistoryRow changed(Standing.Entry entry) throws CouldNotRunException {
        if (entry.state() instanceof Standing.State.Changed changed) {
            return changed.row();
        }
        throw new CouldNotRunException(
                entry.unit().name() + " (" + entry.unit().step().name() + ") is "
                        + entry.state().word() + ", not changed: there is nothing to accept.");
    }

    private static String checksum(Unit unit, HistoryRow row) throws CouldNotRunException {
        if (row.finishedAt().isEmpty() && row.parts() > unit.parts().size()) {
            throw new CouldNotRunException(unit.name() + " stopped behind part " + row.parts()
                    + ", and the file has only " + unit.parts().size() + " now: put back what was taken out of it.");
        }
        return unit.checksum(row.finishedAt().isPresent() ? unit.parts().size() : row.parts());
    }
}
