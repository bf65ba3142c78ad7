package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.sql.Connection;

/** An open way to one database; closing it ends what it started. */
public interface Database extends AutoCloseable {

    /** What the verdict is about. */
    Target target();

    /**
     * A new connection in auto-commit mode. It sends text as it stands (simple query mode), so that the server splits statements and error
     * positions count from the start of the text.
     *
     * @throws CouldNotRunException with the cause and what to do next, when the server refuses
     */
    Connection connect() throws CouldNotRunException;

    /**
     * Insists on connections that stay the same session from one transaction to the next: what changes a database keeps a lock by one.
     *
     * @throws CouldNotRunException behind a pooler that lends sessions for one transaction each; the message names the way around it
     */
    default void requireSessions() throws CouldNotRunException {
        // a server that one goal started has no pooler
    }

    @Override
    void close();
}
