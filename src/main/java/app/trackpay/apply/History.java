package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.plan.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The record of what ran, kept in the database it ran on, in schema {@code trackpay_history}. */
final class History {

    private final Connection connection;
    private final Form form;
    /** Whose it is; nobody's where there is none. */
    private final Optional<String> owner;

    private final String pluginVersion;

    private History(Connection connection, Form form, Optional<String> owner, String pluginVersion) {
        this.connection = connection;
        this.form = form;
        this.owner = owner;
        this.pluginVersion = pluginVersion;
    }

    /** What a database has of a history. */
    private enum Form {
        /** Nothing. */
        NONE,
        /** That of an earlier version of the plugin. */
        EARLIER,
        /** All there is today. */
        CURRENT
    }

    /**
     * The history of a database, there or not, which nobody else changes while the lock is held.
     *
     * @param pluginVersion of whoever writes in it
     */
    static History of(Connection connection, String pluginVersion) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(SqlResource.HISTORY_EXISTS.text())) {
            found.next();
            return new History(
                    connection,
                    !found.getBoolean("steps") ? Form.NONE : found.getBoolean("changes") ? Form.CURRENT : Form.EARLIER,
                    Optional.ofNullable(found.getString("owner")),
                    pluginVersion);
        }
    }

    /** Whether there is one, readable or not. */
    boolean exists() {
        return form != Form.NONE;
    }

    /** Makes the schema and its tables, for their owner alone, or what an earlier version did not know. */
    void prepare() throws SQLException {
        if (form == Form.CURRENT) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            SqlResource tables = exists() ? SqlResource.HISTORY_UPGRADE : SqlResource.HISTORY_CREATE;
            statement.execute(tables.text() + SqlResource.HISTORY_REST.text());
        }
    }

    /**
     * Everything that ran, or nothing where there is no history yet.
     *
     * @throws CouldNotRunException when the history is there and may not be read
     */
    List<HistoryRow> read() throws SQLException, CouldNotRunException {
        if (!exists()) {
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
                        "The history in schema trackpay_history belongs to role " + owner.orElseThrow()
                                + ", and you may not read it. Connect as " + owner.orElseThrow()
                                + ", or as a member of that role.",
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
                row.getString("plugin_version"),
                Optional.ofNullable(row.getString("attempt")).map(attempt(row.getBoolean("attempt_failed"))),
                Optional.ofNullable(row.getString("evidence")));
    }

    private static Function<String, Attempt> attempt(boolean failed) {
        return statement -> new Attempt(statement, failed);
    }

    /** Writes the row of a unit that had none, with the parts that are done; fails where somebody else wrote one meanwhile. */
    Message first(Unit unit, int parts) {
        return Message.of(
                SqlResource.HISTORY_FIRST.text(),
                unit.place(),
                unit.step().id(),
                unit.section(),
                unit.title(),
                unit.step().name(),
                unit.checksum(parts),
                parts,
                parts >= unit.parts().size(),
                pluginVersion);
    }

    /**
     * Opens the row of a unit that did not run yet; changes no row where somebody else runs steps.
     *
     * @param attempt the statement outside a transaction that it begins with
     */
    Message begin(Unit unit, String attempt) {
        return Message.of(
                SqlResource.HISTORY_BEGIN.text(),
                unit.place(),
                unit.step().id(),
                unit.section(),
                unit.title(),
                unit.step().name(),
                unit.checksum(0),
                pluginVersion,
                attempt,
                ApplyLock.workKey());
    }

    /**
     * Takes up the row of a unit that has parts done; changes no row when somebody else went on with it.
     *
     * @param attempt the statement outside a transaction that is next
     */
    Message resume(Unit unit, int done, Optional<String> attempt) {
        return Message.of(
                SqlResource.HISTORY_RESUME.text(),
                unit.place(),
                unit.title(),
                unit.step().name(),
                attempt.orElse(""),
                unit.step().id(),
                unit.section(),
                done);
    }

    /** Takes a step's rows out, in a transaction that is taken back itself. */
    Message forget(Step step) {
        return Message.of(SqlResource.HISTORY_FORGET.text(), step.id());
    }

    /** Writes down, if that is still possible, that the server refused the statement that was begun: it did not end well. */
    void refused(Unit unit, SQLException error) {
        try (Statement ourselves = connection.createStatement();
                PreparedStatement row = connection.prepareStatement(SqlResource.HISTORY_REFUSED.text())) {
            ourselves.execute("SET SESSION AUTHORIZATION DEFAULT; RESET ROLE");
            // what has the name already is not of this statement's making
            row.setBoolean(1, !"42P07".equals(error.getSQLState()));
            row.setString(2, unit.step().id());
            row.setInt(3, unit.section());
            row.executeUpdate();
        } catch (SQLException lost) {
            // then it counts as begun, and the next run looks what became of it
            return;
        }
    }

    /** Writes down a unit that is in the database and was not run from here. */
    void adopt(Unit unit, String evidence) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(SqlResource.HISTORY_ADOPT.text())) {
            row.setInt(1, unit.place());
            row.setString(2, unit.step().id());
            row.setInt(3, unit.section());
            row.setString(4, unit.title());
            row.setString(5, unit.step().name());
            row.setString(6, unit.checksum(unit.parts().size()));
            row.setInt(7, Math.max(1, unit.parts().size()));
            row.setString(8, pluginVersion);
            row.setString(9, evidence);
            row.executeUpdate();
        }
    }

    /**
     * Writes down that another text counts as the one that ran, and why.
     *
     * @return false when the history is another meanwhile
     */
    boolean accept(Unit unit, String was, String is, String reason) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(SqlResource.HISTORY_ACCEPT.text())) {
            row.setString(1, is);
            row.setString(2, unit.step().id());
            row.setInt(3, unit.section());
            row.setString(4, was);
            row.setString(5, unit.step().name());
            row.setString(6, was);
            row.setString(7, reason);
            row.setString(8, pluginVersion);
            return row.executeUpdate() == 1;
        }
    }

    /** Writes down how many parts are done; with the last one the unit is finished. */
    Message done(Unit unit, int parts) {
        return write(unit, parts, parts >= unit.parts().size());
    }

    /** Writes down how many parts are done, of a unit that is not finished even if these are all. */
    Message unfinished(Unit unit, int parts) {
        return write(unit, parts, false);
    }

    private static Message write(Unit unit, int parts, boolean finished) {
        return Message.of(
                SqlResource.HISTORY_PART.text(),
                parts,
                unit.checksum(parts),
                finished,
                unit.step().id(),
                unit.section());
    }
}
