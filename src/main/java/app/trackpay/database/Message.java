package app.trackpay.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.SqlCommandType;
import org.postgresql.core.Tuple;

/**
 * A text of several statements that goes to the server as one message. It goes below JDBC on purpose: JDBC keeps every result until the last
 * one is there, while here each is worked on as soon as it has come, and the server works on the next one meanwhile.
 */
final class Message {

    private static final int AS_IT_STANDS = QueryExecutor.QUERY_SUPPRESS_BEGIN
            | QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
            | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

    private Message() {}

    /** The rows that answer one statement. */
    record Result(Map<String, Integer> columns, List<Tuple> rows) {

        private static Result of(Field[] fields, List<Tuple> rows) {
            Map<String, Integer> columns = new LinkedHashMap<>();
            for (Field field : fields) {
                columns.put(field.getColumnLabel(), columns.size());
            }
            return new Result(columns, rows);
        }
    }

    /**
     * Sends the text and waits until all of it is answered and every result is taken.
     *
     * @param taker takes the results one after the other, in order, on another thread; a statement that answers no rows has none
     * @throws SQLException when the server refuses a statement; the ones after it are not run then
     */
    static void send(Connection connection, String text, Consumer<Result> taker) throws SQLException {
        QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        Query query =
                executor.wrap(List.of(new NativeQuery(text, SqlCommand.createStatementTypeInfo(SqlCommandType.BLANK))));
        Results results = new Results(taker);
        try {
            executor.execute(query, null, results, 0, 0, AS_IT_STANDS);
        } finally {
            query.close();
        }
        results.taken.join();
    }

    private static final class Results extends ResultHandlerBase {

        private final Consumer<Result> taker;
        private CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);

        Results(Consumer<Result> taker) {
            this.taker = taker;
        }

        @Override
        public void handleResultRows(Query query, Field[] fields, List<Tuple> tuples, ResultCursor cursor) {
            Result result = Result.of(fields, tuples);
            // a chain: the assembling side is never in two results at once, and this side goes on to listen
            taken = taken.thenRunAsync(() -> taker.accept(result));
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertedOid) {
            // a SET says nothing that is not expected
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            // as of a plain statement: nobody reads them
        }
    }
}
