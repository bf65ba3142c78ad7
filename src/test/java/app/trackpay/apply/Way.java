package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Database;
import app.trackpay.database.Target;
import app.trackpay.database.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A way into a database as goals have it: as postgres, text sent as it stands.
 *
 * @param url without parameters
 */
record Way(String url, String user, String password) implements Database {

    static Way to(TestPostgres.Database database) {
        return new Way(
                database.jdbcUrl(),
                database.migrations().user(),
                database.migrations().password().value());
    }

    /** The same database through another port. */
    Way through(int port) {
        return new Way(url.replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/"), user, password);
    }

    @Override
    public Target target() {
        return new Target(Target.Kind.LIVE, "127.0.0.1", 5432, url.replaceFirst(".*/", ""), "17");
    }

    @Override
    public Connection connect() throws CouldNotRunException {
        try {
            return DriverManager.getConnection(
                    url + "?preferQueryMode=simple&sslmode=disable&gssEncMode=disable&ApplicationName=applier",
                    user,
                    password);
        } catch (SQLException e) {
            throw new CouldNotRunException("no connection: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {}
}
