package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The record of what ran, kept in the database it ran on, in schema {@code trackpay_history}. */
final class History {

    private final Connection connection;
    private final String pluginVersion;

    History(Connection connection, String pluginVersion) {
        this.connection = connection;
        this.pluginVersion = pluginVersion;
    }

    /** Whether the database has a history, readable or not. */
    static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet exists = statement.executeQuery(SqlResource.HISTORY_EXISTS.text())) {
            return exists.next() && exists.getBoolean(1);
        }
    }

    /** Makes the schema and its table, for their owner alone, where they are not there yet. */
    void createIfMissing() throws SQLException {
        if (exists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(SqlResource.HISTORY_CREATE.text());
        }
    }

    /**
     * Everything that ran, or nothing where there is no history yet.
     *
     * @throws CouldNotRunException when the history is there and may not be read
     */
    static List<HistoryRow> read(Connection connection) throws SQLException, CouldNotRunException {
        if (!exists(connection)) {
            return List.of();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.HISTORY_READ.text())) {
            List<HistoryRow> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row(row));
            }
            return rows;
        } catch (SQLException e) {
            if ("42501".equals(e.getSQLState())) {
                throw new CouldNotRunException(
                        "The history in schema trackpay_history belongs to another role and may not be read. Connect as the role that "
                                + "applied the plan.",
                        e);
            }
            throw e;
        }
    }

    private static HistoryRow row(ResultSet row) throws SQLException {
        return new HistoryRow(
                row.getInt("place"),
                row.getString("step"),
                row.getInt("section"),
                row.getString("file"),
                row.getString("checksum"),
                row.getInt("parts"),
                row.getObject("started_at", OffsetDateTime.class),
                Optional.ofNullable(row.getObject("finished_at", OffsetDateTime.class)),
                row.getString("applied_by"),
                row.getString("plugin_version"));
    }

    /** Opens the row of a unit that did not run yet. */
    void begin(Unit unit) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(SqlResource.HISTORY_BEGIN.text())) {
            row.setInt(1, unit.place());
            row.setString(2, unit.step().id());
            row.setInt(3, unit.section());
            row.setString(4, unit.title());
            row.setString(5, unit.step().name());
            row.setString(6, unit.checksum(0));
            row.setString(7, pluginVersion);
            row.executeUpdate();
        }
    }

    /**
     * Takes up the row of a unit that has parts done.
     *
     * @return false when somebody else went on with it
     */
    boolean resume(Unit unit, int done) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(SqlResource.HISTORY_RESUME.text())) {
            row.setInt(1, unit.place());
            row.setString(2, unit.title());
            row.setString(3, unit.step().name());
            row.setString(4, unit.step().id());
            row.setInt(5, unit.section());
            row.setInt(6, done);
            return row.executeUpdate() == 1;
        }
    }

    /** Writes down how many parts are done; with the last one the unit is finished. */
    void done(Unit unit, int parts) throws SQLException {
        write(unit, parts, parts >= unit.parts().size());
    }

    /** Writes down how many parts are done, of a unit that is not finished even if these are all. */
    void unfinished(Unit unit, int parts) throws SQLException {
        write(unit, parts, false);
    }

    private void write(Unit unit, int parts, boolean finished) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(SqlResource.HISTORY_PART.text())) {
            row.setInt(1, parts);
            row.setString(2, unit.checksum(parts));
            row.setBoolean(3, finished);
            row.setString(4, unit.step().id());
            row.setInt(5, unit.section());
            row.executeUpdate();
        }
    }
}
