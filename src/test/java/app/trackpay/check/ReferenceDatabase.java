package app.trackpay.check;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The reference set on a real server. It is applied once; whatever a test breaks is broken in a transaction that is rolled back.
 */
public final class ReferenceDatabase {

    private static final Map<Integer, Map<GrantEra, ReferenceDatabase>> APPLIED = new HashMap<>();

    private final TestPostgres.Database database;
    private final Plan plan;
    private final Deque<Connection> superusers = new ArrayDeque<>();
    private final Deque<Connection> others = new ArrayDeque<>();

    private ReferenceDatabase(TestPostgres.Database database, Plan plan) {
        this.database = database;
        this.plan = plan;
    }

    public static ReferenceDatabase on(int major, GrantEra era) {
        synchronized (APPLIED) {
            return APPLIED.computeIfAbsent(major, any -> new EnumMap<>(GrantEra.class))
                    .computeIfAbsent(era, any -> apply(major, era));
        }
    }

    private static ReferenceDatabase apply(int major, GrantEra era) {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "reference");
            ReferenceSet.write(folder);
            Plan plan = PlanReader.read(folder);
            TestPostgres.Database database = TestPostgres.of(major, era).database();
            for (Step step : plan.steps()) {
                try (Connection connection = connect(database, false);
                        Statement statement = connection.createStatement()) {
                    statement.setEscapeProcessing(false);
                    statement.execute(Files.readString(step.file()));
                }
            }
            return new ReferenceDatabase(database, plan);
        } catch (IOException | SQLException | CouldNotRunException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(TestPostgres.Database database, boolean superuser) throws SQLException {
        var login = superuser ? database.superuser() : database.migrations();
        return DriverManager.getConnection(
                database.jdbcUrl() + "?preferQueryMode=simple",
                login.user(),
                login.password().value());
    }

    public Plan plan() {
        return plan;
    }

    /** The database it is applied to. */
    public TestPostgres.Database database() {
        return database;
    }

    /** Opens a transaction as superuser; closing it takes everything back. */
    public Trial trial() {
        return trial(true);
    }

    /** The same as {@code postgres}, who runs migrations and is no superuser. */
    public Trial trialAsPostgres() {
        return trial(false);
    }

    private Trial trial(boolean superuser) {
        Deque<Connection> idle = superuser ? superusers : others;
        try {
            // a server process that has read the catalog before reads it faster
            Connection connection = idle.isEmpty() ? connect(database, superuser) : idle.pop();
            connection.setAutoCommit(false);
            return new Trial(connection, plan, idle);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A transaction that is always rolled back. */
    public static final class Trial implements AutoCloseable {

        private final Connection connection;
        private final Plan plan;
        private final Deque<Connection> idle;

        private Trial(Connection connection, Plan plan, Deque<Connection> idle) {
            this.connection = connection;
            this.plan = plan;
            this.idle = idle;
        }

        public Connection connection() {
            return connection;
        }

        public Plan plan() {
            return plan;
        }

        public Trial run(String... statements) {
            for (String sql : statements) {
                try (Statement statement = connection.createStatement()) {
                    statement.setEscapeProcessing(false);
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
                }
            }
            return this;
        }

        /** The SQLSTATE that a statement ends in, {@code 00000} when it works; its effects are taken back. */
        public String stateOf(String sql) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SAVEPOINT attempt");
                String state = "00000";
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    state = e.getSQLState();
                }
                statement.execute("ROLLBACK TO SAVEPOINT attempt");
                return state;
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        /** The first column of the first row, and {@code -} when there is none. */
        public String answer(String sql) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "-";
            } catch (SQLException e) {
                throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
            }
        }

        /** What a statement answers, {@code |} between columns and {@code -} for no row, or the SQLSTATE it ends in. */
        public String outcome(String sql) {
            String state = stateOf(sql);
            if (!state.equals("00000")) {
                return state;
            }
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                boolean rows = statement.execute(sql);
                while (!rows && statement.getUpdateCount() >= 0) {
                    rows = statement.getMoreResults();
                }
                return rows ? all(statement.getResultSet()) : "-";
            } catch (SQLException e) {
                throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
            }
        }

        /** A query's rows, {@code |} between columns. */
        public String rows(String sql) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                return all(rows);
            } catch (SQLException e) {
                throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
            }
        }

        private static String all(ResultSet rows) throws SQLException {
            StringJoiner all = new StringJoiner("\n");
            while (rows.next()) {
                StringJoiner row = new StringJoiner("|");
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                all.add(row.toString());
            }
            return all.toString();
        }

        public Catalog catalog() {
            try {
                return CatalogReader.readWithExpressions(connection, CatalogScope.USER_SCHEMAS);
            } catch (CouldNotRunException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DISCARD ALL");
                }
                idle.push(connection);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
