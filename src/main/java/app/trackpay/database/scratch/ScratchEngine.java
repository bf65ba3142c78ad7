package app.trackpay.database.scratch;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.BorrowedServer;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.RehearsalEngine;
import app.trackpay.database.RehearsalServer;
import app.trackpay.database.StandIn;
import app.trackpay.database.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rehearsals on a server that is there anyway: in a database made for one goal and dropped after it. No other database of the server is touched.
 * Roles belong to a whole server: those that are missing are made, and stay.
 */
public final class ScratchEngine implements RehearsalEngine {

    /** Who runs migrations: becomes so with the greeting, since nobody knows the role's password here. A reset of the session leads back to it. */
    private static final String AS_MIGRATIONS = "role=postgres";

    private static final String SEARCH_PATH = "search_path=\"$user\",public,extensions";

    private final DatabaseUrl url;
    private final Login login;
    private final Consumer<String> log;
    private Target target;

    /**
     * @param url of the server; the database it names is only connected to
     * @param login a superuser's, or of somebody who may become {@code postgres} where the platform's roles are there
     * @param log is told, in a line each, what a user would want to know
     */
    public ScratchEngine(DatabaseUrl url, Login login, Consumer<String> log) {
        this.url = url;
        this.login = login;
        this.log = log;
        this.target = new Target(
                Target.Kind.REHEARSAL,
                url.hosts().get(0).host(),
                url.hosts().get(0).port(),
                "",
                "",
                "scratch server " + url.hosts().get(0));
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public RehearsalServer start(GrantEra era) throws CouldNotRunException {
        ScratchDatabase database = ScratchDatabase.named(Instant.now());
        DatabaseUrl making = making();
        LiveDatabase server = LiveDatabase.open(making, login);
        boolean started = false;
        try {
            prepare(server, database);
            try (LiveDatabase own = LiveDatabase.open(making.to(database.name()), login);
                    Connection connection = own.connect()) {
                StandIn.makeDatabase(connection, true);
                StandIn.grant(connection, era);
                tellOfStatistics(connection);
            }
            LiveDatabase migrations = LiveDatabase.open(
                    url.to(database.name()).with(AS_MIGRATIONS).with(SEARCH_PATH), login);
            target = new Target(
                    Target.Kind.REHEARSAL,
                    migrations.target().host(),
                    migrations.target().port(),
                    database.name(),
                    migrations.target().server(),
                    target.engine());
            started = true;
            return new BorrowedServer(migrations, target, dropping(server, database));
        } catch (SQLException e) {
            throw StandIn.refused("The scratch server " + url, e);
        } finally {
            if (!started) {
                drop(server, database);
            }
        }
    }

    /** The address as whoever makes the database there: the superuser who logs in, or postgres. */
    private DatabaseUrl making() throws CouldNotRunException {
        try (LiveDatabase server = LiveDatabase.open(url, login)) {
            server.requireSessions();
            if (server.inRecovery()) {
                throw new CouldNotRunException(url
                        + " is a read replica: no database can be made there for a rehearsal. Use the primary's URL.");
            }
            try (Connection connection = server.connect()) {
                Rights rights = Rights.of(connection);
                if (!rights.lacks().isEmpty()) {
                    throw new CouldNotRunException("No rehearsal can be made on " + url + " as " + login.user()
                            + ", who is no superuser there: " + String.join("; ", rights.lacks())
                            + ". Log in as a superuser (supabase_admin on a Supabase that runs on your machine; the roles that"
                            + " it makes stay for the next time), or leave trackpay.rehearsal out.");
                }
                if (rights.superuser()) {
                    makeRoles(connection);
                }
                tell(rights);
                return rights.superuser() ? url : url.with(AS_MIGRATIONS);
            }
        } catch (SQLException e) {
            throw StandIn.refused("The scratch server " + url, e);
        }
    }

    private void makeRoles(Connection connection) throws SQLException {
        List<String> made = StandIn.makeRoles(connection);
        if (!made.isEmpty()) {
            log.accept("Made on " + url.hosts().get(0) + ", for all its databases, the roles that were missing: "
                    + String.join(", ", made) + "; they stay there");
        }
    }

    private void tell(Rights rights) {
        if (!rights.plain()) {
            log.accept("On " + url.hosts().get(0) + " the role postgres is a superuser, which it is not on Supabase:"
                    + " what a migration may not do there goes unnoticed here");
        } else if (!rights.superuser()) {
            log.accept("On " + url.hosts().get(0) + " " + login.user() + " is no superuser: auth, storage and realtime"
                    + " belong to postgres here, so what a migration may not do to them on Supabase goes unnoticed");
        }
    }

    /** The only extension of the stand-in that PostgreSQL does not trust to everybody. */
    private void tellOfStatistics(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT FROM pg_catalog.pg_extension WHERE extname = 'pg_stat_statements'")) {
            if (!row.next()) {
                log.accept(
                        "pg_stat_statements is missing there, which only a superuser may create on a plain PostgreSQL:"
                                + " a step that creates it fails here, and would not on Supabase");
            }
        }
    }

    private void prepare(LiveDatabase server, ScratchDatabase database) throws CouldNotRunException, SQLException {
        try (Connection connection = server.connect()) {
            ScratchDatabase.sweep(connection, Instant.now())
                    .forEach(name -> log.accept("Dropped " + name + ", left behind by a rehearsal that was killed"));
            database.create(connection);
        }
    }

    /** Also when somebody stops the build with Ctrl-C. */
    private Runnable dropping(LiveDatabase server, ScratchDatabase database) {
        Thread stopped = new Thread(() -> drop(server, database), "trackpay-scratch");
        Runtime.getRuntime().addShutdownHook(stopped);
        return () -> {
            drop(server, database);
            try {
                Runtime.getRuntime().removeShutdownHook(stopped);
            } catch (IllegalStateException e) {
                // the build is being stopped: a database that is gone can be dropped again
            }
        };
    }

    private void drop(LiveDatabase server, ScratchDatabase database) {
        try (Connection connection = server.connect()) {
            database.drop(connection);
        } catch (SQLException | CouldNotRunException e) {
            log.accept("Database " + database.name() + " could not be dropped (" + e.getMessage()
                    + "); a rehearsal on that server will, some hours from now");
        }
    }
}
