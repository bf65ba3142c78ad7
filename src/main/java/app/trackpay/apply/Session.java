package app.trackpay.apply;

import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.SqlCommandType;
import org.postgresql.core.TransactionState;
import org.postgresql.core.Tuple;

/**
 * A connection that sends text byte for byte as one message. It goes below JDBC on purpose: JDBC would parse the text first, drop the
 * results that came before an error, and so hide which statement failed.
 */
final class Session {

    private static final int AS_IT_STANDS = QueryExecutor.QUERY_SUPPRESS_BEGIN
            | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
            | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

    private final BaseConnection connection;
    private final ApplyListener listener;
    private final int rowsShown;
    private final String name;

    Session(Connection connection, ApplyListener listener, int rowsShown) throws SQLException {
        this.connection = connection.unwrap(BaseConnection.class);
        this.listener = listener;
        this.rowsShown = rowsShown;
        this.name =
                Optional.ofNullable(connection.getClientInfo("ApplicationName")).orElse("");
    }

    /** A message of statements was refused. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;
        private final int completed;
        private final transient SQLException error;

        RefusedException(int completed, SQLException error) {
            super(error);
            this.completed = completed;
            this.error = error;
        }

        /** How many statements of the text had completed. */
        int completed() {
            return completed;
        }

        SQLException error() {
            return error;
        }
    }

    /**
     * Sends a text; the server splits it.
     *
     * @param shown whether the rows of the n-th statement (from 0) are for people
     */
    void run(String text, IntPredicate shown) throws RefusedException {
        Results results = new Results(shown);
        try {
            QueryExecutor executor = connection.getQueryExecutor();
            Query query = executor.wrap(
                    List.of(new NativeQuery(text, SqlCommand.createStatementTypeInfo(SqlCommandType.BLANK))));
            try {
                executor.execute(query, null, results, 0, 0, AS_IT_STANDS);
            } finally {
                query.close();
            }
        } catch (SQLException e) {
            throw new RefusedException(results.completed, e);
        }
    }

    /** A command of apply's own. */
    void command(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(text);
        }
    }

    void copyIn(String statement, String rows) throws SQLException {
        try {
            new CopyManager(connection).copyIn(statement, new StringReader(rows));
        } catch (IOException e) {
            throw new IllegalStateException("a string can be read", e);
        }
    }

    void copyOut(String statement) throws SQLException {
        Lines lines = new Lines();
        try {
            new CopyManager(connection).copyOut(statement, lines);
        } catch (IOException e) {
            throw new IllegalStateException("a string can be written", e);
        }
        lines.close();
    }

    boolean inTransaction() {
        return connection.getTransactionState() == TransactionState.OPEN;
    }

    /** What the server calls this session; the driver sets it late, so that DISCARD ALL takes it away. */
    String name() {
        return name;
    }

    /** Whether the server takes a backslash for an escape in any string. */
    boolean escapes() {
        return !connection.getStandardConformingStrings();
    }

    Connection connection() {
        return connection;
    }

    private final class Results extends ResultHandlerBase {

        private final IntPredicate shown;
        private int completed;

        Results(IntPredicate shown) {
            this.shown = shown;
        }

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
            if (shown.test(completed)) {
                listener.table(table(fields, tuples));
            }
            completed++;
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertedOid) {
            completed++;
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            String state = Optional.ofNullable(warning.getSQLState()).orElse("");
            listener.notice(new Notice(state.startsWith("01"), warning.getMessage()));
        }
    }

    private ResultTable table(Field[] fields, List<Tuple> tuples) {
        List<String> columns = new ArrayList<>();
        for (Field field : fields) {
            columns.add(field.getColumnLabel());
        }
        List<List<Optional<String>>> rows = tuples.stream()
                .limit(rowsShown)
                .map(tuple -> row(tuple, columns.size()))
                .toList();
        return new ResultTable(List.copyOf(columns), rows, tuples.size());
    }

    private static List<Optional<String>> row(Tuple tuple, int columns) {
        List<Optional<String>> cells = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            cells.add(Optional.ofNullable(tuple.get(i)).map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
        }
        return List.copyOf(cells);
    }

    /** Hands on the first lines of what is written. */
    private final class Lines extends Writer {

        private final StringBuilder open = new StringBuilder();
        private int count;

        @Override
        public void write(char[] buffer, int from, int length) {
            for (int i = from; i < from + length; i++) {
                if (buffer[i] == '\n') {
                    end();
                } else if (count < rowsShown) {
                    open.append(buffer[i]);
                }
            }
        }

        private void end() {
            if (count++ < rowsShown) {
                listener.echo(open.toString());
            }
            open.setLength(0);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            if (count > rowsShown) {
                listener.echo("(the first " + rowsShown + " of " + count + " lines)");
            }
        }
    }
}
