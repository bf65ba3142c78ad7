package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;

/**
 * Reads a whole catalog as one message: one network round trip, one snapshot, read only, and independent of who asks and of that session's
 * settings.
 */
public final class CatalogReader {

    private static final String SAVEPOINT = "trackpay_catalog";

    private CatalogReader() {}

    /**
     * Reads over a connection of its own.
     *
     * @throws CouldNotRunException when the server refuses the connection or a part of the catalog
     */
    public static Catalog read(Database database, CatalogScope scope) throws CouldNotRunException {
        return read(database, scope, CatalogQuery.PLAIN);
    }

    /**
     * Reads over an open connection, which must be one of {@link Database#connect()}. In an open transaction the catalog is what that
     * transaction sees, its own changes included, and the transaction stays as it was.
     *
     * @throws CouldNotRunException when the server refuses a part of the catalog
     */
    public static Catalog read(Connection connection, CatalogScope scope) throws CouldNotRunException {
        return read(connection, scope, CatalogQuery.PLAIN);
    }

    /** {@linkplain #read(Database, CatalogScope) Reads} the trees of policies, views and functions as well, in the same snapshot. */
    public static Catalog readWithExpressions(Database database, CatalogScope scope) throws CouldNotRunException {
        return read(database, scope, CatalogQuery.ALL);
    }

    /** {@linkplain #read(Connection, CatalogScope) Reads} the trees of policies, views and functions as well, in the same snapshot. */
    public static Catalog readWithExpressions(Connection connection, CatalogScope scope) throws CouldNotRunException {
        return read(connection, scope, CatalogQuery.ALL);
    }

    private static Catalog read(Database database, CatalogScope scope, Set<CatalogQuery> queries)
            throws CouldNotRunException {
        try (Connection connection = database.connect()) {
            return read(connection, scope, queries);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private static Catalog read(Connection connection, CatalogScope scope, Set<CatalogQuery> queries)
            throws CouldNotRunException {
        try {
            boolean inTransaction =
                    connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
            int major = connection.getMetaData().getDatabaseMajorVersion();
            CatalogAssembly assembly = new CatalogAssembly();
            Iterator<CatalogQuery> answered = queries.iterator();
            try {
                Message.send(
                        connection,
                        message(major, scope, queries, inTransaction),
                        result -> assembly.take(answered.next(), result));
            } catch (SQLException e) {
                undo(connection, inTransaction, e);
                throw e;
            }
            return assembly.catalog();
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private static void undo(Connection connection, boolean inTransaction, SQLException cause) {
        try {
            Message.send(connection, inTransaction ? leave() : "ROLLBACK", result -> {});
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static String message(int major, CatalogScope scope, Set<CatalogQuery> queries, boolean inTransaction) {
        StringJoiner message = new StringJoiner(";\n");
        message.add(
                inTransaction
                        ? "SAVEPOINT " + SAVEPOINT + "; SET LOCAL transaction_read_only = on"
                        : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        message.add(CatalogQuery.settings());
        message.add("SET LOCAL trackpay.only_schemas = " + literal(ArrayLiteral.write(scope.only())));
        message.add("SET LOCAL trackpay.without_schemas = " + literal(ArrayLiteral.write(scope.without())));
        queries.forEach(query -> message.add(query.sql(major)));
        message.add(inTransaction ? leave() : "COMMIT");
        return message.toString();
    }

    /** Takes back the settings as well. */
    private static String leave() {
        return "ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT;
    }

    /** Means the same whatever standard_conforming_strings says: a message is taken apart before its first SET takes effect. */
    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static CouldNotRunException refused(SQLException e) {
        String said = said(e);
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return new CouldNotRunException(
                switch (state) {
                    case "42501" ->
                        "the catalog could not be read: " + said
                                + "; connect as a role that may read pg_catalog (every role may, unless it was revoked)";
                    case "55P03" ->
                        "the catalog could not be read: another session keeps a table locked for more than 30 s ("
                                + said + "); run again when it is done";
                    case "57014" -> "the catalog could not be read: the server cancelled it (" + said + "); run again";
                    case "25P02" -> "the catalog could not be read: the transaction had failed before";
                    default ->
                        "the catalog could not be read: " + said + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
                },
                e);
    }

    private static String said(SQLException e) {
        @Nullable
        String message = e instanceof PSQLException refusal && refusal.getServerErrorMessage() != null
                ? refusal.getServerErrorMessage().getMessage()
                : e.getMessage();
        return message == null ? "no reason was given" : message;
    }
}
