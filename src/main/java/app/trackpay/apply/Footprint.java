package app.trackpay.apply;

import app.trackpay.catalog.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the steps of one transaction do to the tables that were there before it. A lock stays until the transaction ends, so a step is told of
 * only where it takes a stronger one than those before it.
 */
final class Footprint {

    private record Table(QualifiedName name, long file, long bytes) {}

    private final Connection connection;
    private final Map<Long, Table> before;
    private final Map<Long, Table> latest;
    private final Map<Long, LockMode> held = new HashMap<>();
    private final List<TableLock> locks = new ArrayList<>();

    private Footprint(Connection connection, Map<Long, Table> before) {
        this.connection = connection;
        this.before = before;
        this.latest = new HashMap<>(before);
    }

    /** Looks before the first step. */
    static Footprint before(Connection connection) throws SQLException {
        return new Footprint(connection, tables(connection));
    }

    /** Looks after a step or section. */
    void after(Unit unit, Duration took) throws SQLException {
        Map<Long, LockMode> now = modes();
        Map<Long, Table> tables = now.containsValue(LockMode.ACCESS_EXCLUSIVE) ? tables(connection) : latest;
        now.forEach((oid, mode) -> {
            boolean rewritten = isRewritten(oid, tables);
            if (rewritten || held.get(oid) == null || held.get(oid).compareTo(mode) < 0) {
                Table table = before.get(oid);
                locks.add(new TableLock(unit, table.name(), table.bytes(), mode, took, rewritten));
            }
        });
        held.putAll(now);
        latest.putAll(tables);
    }

    List<TableLock> locks() {
        return List.copyOf(locks);
    }

    /** It has another file, and TRUNCATE is not the reason: that leaves nothing to write. */
    private boolean isRewritten(long oid, Map<Long, Table> tables) {
        Table then = latest.get(oid);
        Table now = tables.get(oid);
        return now != null && then.file() != now.file() && (now.bytes() > 0 || then.bytes() == 0);
    }

    /** The strongest lock on each of the tables. */
    private Map<Long, LockMode> modes() throws SQLException {
        Map<Long, LockMode> modes = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.LOCKS.text())) {
            while (row.next()) {
                long oid = row.getLong("relation");
                if (before.containsKey(oid)) {
                    LockMode.of(row.getString("mode"))
                            .ifPresent(mode -> modes.merge(oid, mode, (a, b) -> a.compareTo(b) > 0 ? a : b));
                }
            }
        }
        return modes;
    }

    private static Map<Long, Table> tables(Connection connection) throws SQLException {
        Map<Long, Table> tables = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.TABLES.text())) {
            while (row.next()) {
                QualifiedName name = new QualifiedName(row.getString("schema"), row.getString("name"));
                tables.put(row.getLong("oid"), new Table(name, row.getLong("relfilenode"), row.getLong("bytes")));
            }
        }
        return tables;
    }
}
