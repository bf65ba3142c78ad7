package app.trackpay.apply;

import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Oid;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Parser;
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

    /**
     * After every SET and RESET the driver looks for this word in the first 1,024 characters of the whole message, to forget statements that
     * it has prepared (there are none here). It should find it at once: this search took nine tenths of the time that is not the server's.
     */
    private static final String WORD = "/* search_path */ ";

    private final BaseConnection connection;
    private final ApplyListener listener;
    private final int rowsShown;
    private final String name;
    // by the text, and whether strings are standard
    private final Map<Map.Entry<String, Boolean>, Reading> read = new HashMap<>();
    private boolean renewed;

    private record Reading(NativeQuery query, int statements) {

        static final Reading NOTHING = new Reading(blank(""), 0);

        int characters() {
            return query.nativeSql.codePointCount(0, query.nativeSql.length());
        }
    }

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
        private final int position;
        private final boolean committed;
        private final String last;
        private final transient SQLException error;

        private RefusedException(Results results, SQLException error) {
            super(error);
            this.completed = Math.max(0, results.completed - results.before.statements());
            this.position = Math.max(0, Fault.position(error) - results.before.characters());
            this.committed = results.committed;
            this.last = results.last;
            this.error = error;
        }

        /** How many statements of the text had completed, without those before it. */
        int completed() {
            return completed;
        }

        /** Which character of the text the server points at, from 1; 0 for none. */
        int position() {
            return position;
        }

        /** Whether a transaction was committed before. */
        boolean committed() {
            return committed;
        }

        /** Whether the last of them that returned no rows was such a command: {@code UPDATE}. */
        boolean cameAfter(String command) {
            return last.startsWith(command);
        }

        SQLException error() {
            return error;
        }
    }

    /**
     * Sends a text; the server splits it.
     *
     * @param before what apply has to say in the same message, without values
     * @param shown whether the rows of the n-th statement of the text (from 0) are for people
     */
    void run(Message before, String text, IntPredicate shown) throws RefusedException {
        Reading said = before.isNothing() ? Reading.NOTHING : read(before.text());
        send(blank(said.query().nativeSql + text), List.of(), new Results(Optional.of(shown), said));
    }

    /** A text that the driver does not look into. */
    private static NativeQuery blank(String text) {
        return new NativeQuery(text, SqlCommand.createStatementTypeInfo(SqlCommandType.BLANK));
    }

    /** Whether the session is as {@link #renewed} found it. */
    boolean isRenewed() {
        return renewed;
    }

    /** Remembers that nothing is left in the session of what ran in it, until something runs in it again. */
    void renewed() {
        renewed = true;
    }

    /**
     * Sends what apply itself has to say.
     *
     * @return whether every statement that reads or writes rows had one to read or write
     */
    boolean send(Message message) throws RefusedException {
        Results results = new Results(Optional.empty(), Reading.NOTHING);
        send(read(message.text()).query(), message.values(), results);
        return !results.lacking;
    }

    /** Each step is told the same, so it is read once. */
    private Reading read(String text) {
        Map.Entry<String, Boolean> spoken = Map.entry(text, !escapes());
        @Nullable Reading known = read.get(spoken);
        if (known != null) {
            return known;
        }
        try {
            List<NativeQuery> statements = Parser.parseJdbcSql(text, spoken.getValue(), true, true, false, false);
            Reading reading = new Reading(whole(statements), statements.size());
            read.put(spoken, reading);
            return reading;
        } catch (SQLException e) {
            throw new IllegalStateException("apply's own SQL can be read", e);
        }
    }

    /** The driver by itself would send as many messages as there are statements, and those behind one that failed as well. */
    private static NativeQuery whole(List<NativeQuery> statements) {
        StringBuilder text = new StringBuilder(WORD);
        List<Integer> values = new ArrayList<>();
        for (NativeQuery statement : statements) {
            int from = 0;
            for (int i = 0; i < statement.bindPositions.length; i++) {
                text.append(statement.nativeSql, from, statement.bindPositions[i]);
                from = statement.bindPositions[i] + NativeQuery.bindName(i + 1).length();
                values.add(text.length());
                text.append(NativeQuery.bindName(values.size()));
            }
            text.append(statement.nativeSql, from, statement.nativeSql.length()).append("\n;\n");
        }
        return new NativeQuery(
                text.toString(),
                values.stream().mapToInt(Integer::intValue).toArray(),
                true,
                SqlCommand.createStatementTypeInfo(SqlCommandType.BLANK));
    }

    private void send(NativeQuery text, List<Object> values, Results results) throws RefusedException {
        renewed = false;
        try {
            QueryExecutor executor = connection.getQueryExecutor();
            Query query = executor.wrap(List.of(text));
            try {
                ParameterList parameters = query.createParameterList();
                for (int i = 0; i < values.size(); i++) {
                    parameters.setStringParameter(i + 1, values.get(i).toString(), type(values.get(i)));
                }
                executor.execute(query, parameters, results, 0, 0, AS_IT_STANDS);
            } finally {
                query.close();
            }
        } catch (SQLException e) {
            throw new RefusedException(results, e);
        }
    }

    private static int type(Object value) {
        return value instanceof Integer
                ? Oid.INT4
                : value instanceof Long ? Oid.INT8 : value instanceof Boolean ? Oid.BOOL : Oid.VARCHAR;
    }

    /** A command of apply's own. */
    void command(String text) throws SQLException {
        try {
            send(Message.of(text));
        } catch (RefusedException e) {
            throw e.error();
        }
    }

    /** Takes back whatever is open, if the connection is still there. */
    void rollBack() {
        try {
            command("ROLLBACK");
        } catch (SQLException e) {
            // it is gone, and the transaction with it
            return;
        }
    }

    void copyIn(String statement, String rows) throws SQLException {
        renewed = false;
        try {
            new CopyManager(connection).copyIn(statement, new StringReader(rows));
        } catch (IOException e) {
            throw new IllegalStateException("a string can be read", e);
        }
    }

    void copyOut(String statement) throws SQLException {
        renewed = false;
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

    /** What the server calls this session; the driver sets it late, so that RESET ALL takes it away. */
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

        private final Optional<IntPredicate> shown;
        private final Reading before;
        private int completed;
        private boolean committed;
        private String last = "";
        private boolean lacking;

        /**
         * @param shown which rows are for people, and then so are notices
         * @param before what stands before the text that is counted
         */
        Results(Optional<IntPredicate> shown, Reading before) {
            this.shown = shown;
            this.before = before;
        }

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
            lacking |= tuples.isEmpty();
            if (shown.isPresent() && shown.get().test(completed - before.statements())) {
                listener.table(table(fields, tuples));
            }
            completed++;
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertedOid) {
            lacking |= updateCount == 0 && (status.startsWith("INSERT") || status.startsWith("UPDATE"));
            committed |= status.equals("COMMIT");
            last = status;
            completed++;
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            if (shown.isEmpty()) {
                return;
            }
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
