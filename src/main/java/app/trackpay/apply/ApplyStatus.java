package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Database;
import app.trackpay.plan.Plan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** How far a database has come with a plan. Reads only. */
public final class ApplyStatus {

    private ApplyStatus() {}

    /**
     * The plan's files beside a database where nothing ran: all is pending.
     *
     * @throws CouldNotRunException when a file cannot be read or understood
     */
    public static Standing ofNothing(Plan plan) throws CouldNotRunException {
        return Standing.of(Units.of(plan), List.of());
    }

    /**
     * Compares a plan's files with a database's history; without a history all is pending.
     *
     * @throws CouldNotRunException when a file cannot be read or understood, or the history is there and may not be read
     */
    public static Standing read(Plan plan, Database database) throws CouldNotRunException {
        List<Unit> units = Units.of(plan);
        try (Connection connection = database.connect()) {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return Standing.of(units, History.of(connection, "").read());
        } catch (SQLException e) {
            throw new CouldNotRunException(
                    "The history of " + database.target().host() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
