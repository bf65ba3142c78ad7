package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.sql.Connection;

/**
 * A rehearsal's database on a server that something else runs.
 *
 * @param database reached as the role that runs migrations
 * @param target what reports name
 * @param end takes it away; it does not throw
 */
public record BorrowedServer(LiveDatabase database, Target target, Runnable end) implements RehearsalServer {

    @Override
    public Connection connect() throws CouldNotRunException {
        return database.connect();
    }

    @Override
    public void close() {
        end.run();
    }
}
