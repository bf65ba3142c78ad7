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

    @Override
    void close();
}
