package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.expression.Expressions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Reads the stored trees of policies, views and SQL functions in one network round trip, read only. Read in the transaction that read the
 * catalog, or after it: a policy that changes between the two is told by what it is now.
 */
public final class ExpressionReader {

    private static final String SAVEPOINT = "trackpay_expressions";

    private ExpressionReader() {}

    /**
     * Reads over a connection of its own.
     *
     * @throws CouldNotRunException when the server refuses the connection or a part of what is read
     */
    public static Expressions read(Database database, CatalogScope scope) throws CouldNotRunException {
        try (Connection connection = database.connect()) {
            return read(connection, scope);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /**
     * Reads over an open connection, which must be one of {@link Database#connect()}. In an open transaction the answer is what that
     * transaction sees, and the transaction stays as it was.
     *
     * @throws CouldNotRunException when the server refuses a part of what is read
     */
    public static Expressions read(Connection connection, CatalogScope scope) throws CouldNotRunException {
        try {
            boolean inTransaction = !connection.getAutoCommit()
                    || connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                return read(statement, scope, inTransaction);
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private static Expressions read(Statement statement, CatalogScope scope, boolean inTransaction)
            throws SQLException {
        String begin = inTransaction
                ? "SAVEPOINT " + SAVEPOINT + "; SET LOCAL transaction_read_only = on"
                : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        String end =
                inTransaction ? "ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT : "COMMIT";
        try {
            ExpressionAssembly assembly = new ExpressionAssembly();
            boolean hasRows = statement.execute(String.join(
                    ";\n",
                    begin,
                    CatalogQuery.settings(),
                    "SET LOCAL trackpay.only_schemas = " + literal(ArrayLiteral.write(scope.only())),
                    "SET LOCAL trackpay.without_schemas = " + literal(ArrayLiteral.write(scope.without())),
                    CatalogQuery.expressions(),
                    end));
            while (hasRows || statement.getUpdateCount() != -1) {
                if (hasRows) {
                    take(statement.getResultSet(), assembly);
                }
                hasRows = statement.getMoreResults();
            }
            return assembly.expressions();
        } catch (SQLException e) {
            undo(statement, inTransaction ? end : "ROLLBACK", e);
            throw e;
        }
    }

    private static void take(ResultSet result, ExpressionAssembly assembly) throws SQLException {
        CatalogRow row = CatalogRow.of(result);
        while (row.next()) {
            assembly.take(row);
        }
    }

    private static void undo(Statement statement, String undo, SQLException cause) {
        try {
            statement.execute(undo);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static CouldNotRunException refused(SQLException e) {
        return new CouldNotRunException(
                "the conditions of policies, views and functions could not be read: " + e.getMessage()
                        + "; grant the role that looks SELECT on pg_catalog, or look as the owner",
                e);
    }
}
