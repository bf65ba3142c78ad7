package app.trackpay.apply;

import app.trackpay.apply.Phrase.Name;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A CREATE INDEX CONCURRENTLY whose end nobody saw. Which index it would make is not guessed from its text: the server makes it on an empty
 * copy of the table, and takes that back.
 */
record CutOffIndex(Connection connection, String text) {

    /** What is asked of somebody else's build. */
    static Fate busy(String index, int builder) {
        return new Fate.Undecided(
                "index " + index + " is being built right now by pid " + builder,
                "Wait for that, or end it with SELECT pg_catalog.pg_terminate_backend(" + builder
                        + "), and run apply again without the parameter.");
    }

    /** Looks for the index; the phrase stands behind CONCURRENTLY. */
    Fate fate(Phrase phrase) throws SQLException {
        phrase.skip("IF", "NOT", "EXISTS");
        Optional<Name> index = phrase.sees("ON") ? Optional.empty() : phrase.name();
        phrase.skip("ON");
        phrase.skip("ONLY");
        Optional<Name> table = phrase.name();
        if (table.isEmpty()) {
            return new Fate.Again("the server tells what is wrong with it: it runs again", List.of());
        }
        boolean unique = new Phrase(text).skip("CREATE", "UNIQUE");
        String copy = "pg_temp." + table.get().last();
        String onCopy = "CREATE " + (unique ? "UNIQUE " : "") + "INDEX "
                + index.map(Name::written).orElse("") + " ON " + copy
                + text.substring(table.get().end());
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            Optional<Long> oid = oid(table.get());
            if (oid.isEmpty()) {
                return new Fate.Again("table " + table.get().written() + " is not there: it runs again", List.of());
            }
            statement.setEscapeProcessing(false);
            try {
                statement.execute("CREATE TEMPORARY TABLE " + table.get().last() + " (LIKE "
                        + table.get().written() + ")");
            } catch (SQLException e) {
                return new Fate.Undecided(
                        "whether its index is complete cannot be found out: " + e.getMessage(),
                        "Look at the index; drop it if it is invalid.");
            }
            try {
                statement.execute(onCopy);
            } catch (SQLException e) {
                return new Fate.Again("it cannot have ended: it runs again, and the server tells why", List.of());
            }
            return compare(oid.get(), copy, index.isEmpty());
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private Optional<Long> oid(Name table) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT pg_catalog.to_regclass(?)::pg_catalog.oid::pg_catalog.int8")) {
            query.setString(1, table.written());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long oid = row.getLong(1);
                return row.wasNull() ? Optional.empty() : Optional.of(oid);
            }
        }
    }

    private Fate compare(long table, String copy, boolean unnamed) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SqlResource.CUT_OFF_INDEX.text())) {
            query.setLong(1, table);
            query.setString(2, copy);
            query.setBoolean(3, unnamed);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next() || unnamed && !row.getBoolean("same")) {
                    return new Fate.Again("its index is not there: it runs again", List.of());
                }
                String name = row.getString("name");
                int builder = row.getInt("builder");
                if (builder > 0) {
                    return busy(name, builder);
                }
                String drop = "DROP INDEX CONCURRENTLY " + name;
                if (!row.getBoolean("valid")) {
                    return new Fate.Again(
                            "it left index " + name + " invalid: dropped, and built again", List.of(drop));
                }
                return row.getBoolean("same")
                        ? new Fate.Finished("index " + name
                                + " is there, valid and as the statement makes it: the statement had ended")
                        : new Fate.Undecided(
                                "index " + name + " is there and valid, but another than the statement makes: "
                                        + row.getString("definition"),
                                drop + ";");
            }
        }
    }
}
