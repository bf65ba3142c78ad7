package app.trackpay.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Where the sequences of a database stand: what ROLLBACK does not take back. */
final class SequencePositions {

    private record Position(long last, boolean called) {}

    private final Connection connection;
    private final String query;
    private final Map<String, Position> before;

    private SequencePositions(Connection connection, String query, Map<String, Position> before) {
        this.connection = connection;
        this.query = query;
        this.before = before;
    }

    static SequencePositions of(Connection connection) throws SQLException {
        StringJoiner query = new StringJoiner(" UNION ALL ");
        try (Statement statement = connection.createStatement();
                ResultSet sequence = statement.executeQuery(SqlResource.SEQUENCES.text())) {
            while (sequence.next()) {
                query.add(sequence.getString("query"));
            }
        }
        return new SequencePositions(connection, query.toString(), read(connection, query.toString()));
    }

    /** Puts those back that have moved. */
    void restore() throws SQLException {
        Map<String, Position> now = read(connection, query);
        for (Map.Entry<String, Position> sequence : before.entrySet()) {
            if (!sequence.getValue().equals(now.get(sequence.getKey()))) {
                restore(sequence.getKey(), sequence.getValue());
            }
        }
    }

    private void restore(String sequence, Position position) throws SQLException {
        try (PreparedStatement set =
                connection.prepareStatement("SELECT pg_catalog.setval(?::pg_catalog.regclass, ?, ?)")) {
            set.setString(1, sequence);
            set.setLong(2, position.last());
            set.setBoolean(3, position.called());
            set.execute();
        }
    }

    private static Map<String, Position> read(Connection connection, String query) throws SQLException {
        Map<String, Position> positions = new HashMap<>();
        if (query.isEmpty()) {
            return positions;
        }
        try (Statement statement = connection.createStatement();
                ResultSet sequence = statement.executeQuery(query)) {
            while (sequence.next()) {
                positions.put(
                        sequence.getString("name"),
                        new Position(sequence.getLong("last_value"), sequence.getBoolean("is_called")));
            }
        }
        return positions;
    }
}
