package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import app.trackpay.Meanwhile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.core.BaseConnection;
import org.postgresql.ssl.PGjdbcHostnameVerifier;
import org.postgresql.util.HostSpec;

/** A database that was there before and will be there afterwards. */
public final class LiveDatabase implements Database {

    private static final int OLDEST = 14;
    private static final int NEWEST = 18;
    private static final String TIMEOUT_SECONDS = "10";
    private static final int ANSWERS_IN_SECONDS = 5;
    private static final String WHAT_ANSWERS = """
            SELECT
                pg_catalog.current_database() AS database,
                pg_catalog.pg_is_in_recovery() AS in_recovery,
                pg_catalog.pg_backend_pid() AS pid
            """;

    // what it has to say is said by the exception, and would stand on the screen a second time
    private static final Logger HOST_NAMES = Logger.getLogger(PGjdbcHostnameVerifier.class.getName());

    static {
        HOST_NAMES.setLevel(Level.OFF);
    }

    private final DatabaseUrl url;
    private final Login login;
    private final Target target;
    private final boolean inRecovery;
    private final boolean direct;
    // until somebody wants a connection: to connect costs more than to read a small catalog
    private final Deque<Meanwhile<Connection>> unused;

    private LiveDatabase(
            DatabaseUrl url,
            Login login,
            Target target,
            boolean inRecovery,
            boolean direct,
            Deque<Meanwhile<Connection>> unused) {
        this.url = url;
        this.login = login;
        this.target = target;
        this.inRecovery = inRecovery;
        this.direct = direct;
        this.unused = unused;
    }

    /**
     * Connects, to learn what answers there; the first who asks is given that connection.
     *
     * @throws CouldNotRunException when nothing does, when it refuses, or when it is no PostgreSQL of a supported version
     */
    public static LiveDatabase open(DatabaseUrl url, Login login) throws CouldNotRunException {
        return open(url, login, new ConcurrentLinkedDeque<>());
    }

    /**
     * The same for whoever will change it and needs a second connection, for the lock: both are made at the same time.
     *
     * @throws CouldNotRunException as above
     */
    public static LiveDatabase openForChanges(DatabaseUrl url, Login login) throws CouldNotRunException {
        return open(url, login, new ConcurrentLinkedDeque<>(List.of(Meanwhile.begin(() -> connected(url, login)))));
    }

    private static LiveDatabase open(DatabaseUrl url, Login login, Deque<Meanwhile<Connection>> unused)
            throws CouldNotRunException {
        try {
            Connection connection = connected(url, login);
            unused.addFirst(Meanwhile.done(connection));
            return of(connection, url, login, unused);
        } catch (SQLException e) {
            close(unused);
            throw ConnectionFailure.of(url, login, e);
        } catch (CouldNotRunException e) {
            close(unused);
            throw e;
        }
    }

    private static LiveDatabase of(
            Connection connection, DatabaseUrl url, Login login, Deque<Meanwhile<Connection>> unused)
            throws SQLException, CouldNotRunException {
        String version = connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
        int major = connection.getMetaData().getDatabaseMajorVersion();
        HostSpec host =
                connection.unwrap(BaseConnection.class).getQueryExecutor().getHostSpec();
        if (major < OLDEST || major > NEWEST) {
            throw new CouldNotRunException(url + " runs PostgreSQL " + version + "; this plugin knows " + OLDEST
                    + " to " + NEWEST + ". "
                    + (major < OLDEST ? "Upgrade the server." : "Look for a newer version of the plugin."));
        }
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(WHAT_ANSWERS)) {
            answer.next();
            Target target =
                    new Target(Target.Kind.LIVE, host.getHost(), host.getPort(), answer.getString("database"), version);
            return new LiveDatabase(
                    url,
                    login,
                    target,
                    answer.getBoolean("in_recovery"),
                    TransactionPooler.greetedByServer(connection, answer.getInt("pid")),
                    unused);
        }
    }

    @Override
    public Target target() {
        return target;
    }

    /** Whether it is a read replica: it can be looked at, but nothing can be applied to it. */
    public boolean inRecovery() {
        return inRecovery;
    }

    /** For people: who logged in, and where the password came from. */
    public String loggedInAs() {
        return login.user() + " (" + login.source() + ")";
    }

    @Override
    public Connection connect() throws CouldNotRunException {
        try {
            for (Meanwhile<Connection> made = unused.poll(); made != null; made = unused.poll()) {
                Connection open = made.result();
                if (open.isValid(ANSWERS_IN_SECONDS)) {
                    return open;
                }
                // a pooler may have hung up on one that was silent for long
                open.close();
            }
            return connected(url, login);
        } catch (SQLException e) {
            throw ConnectionFailure.of(url, login, e);
        }
    }

    /**
     * How PostgreSQL's own client programs get to the same database: variables of their environment, the password among them, which never
     * belongs on a command line.
     */
    public Map<String, String> clientEnvironment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", target.host());
        environment.put("PGPORT", Integer.toString(target.port()));
        environment.put("PGDATABASE", target.database());
        environment.put("PGUSER", login.user());
        environment.put("PGAPPNAME", "trackpay");
        environment.put("PGCONNECT_TIMEOUT", TIMEOUT_SECONDS);
        login.password().ifPresent(password -> environment.put("PGPASSWORD", password.value()));
        Map<String, String> decided = new HashMap<>(Tls.decided(url));
        // "system" is a word of libpq's own
        url.parameters().forEach(decided::putIfAbsent);
        for (String name : List.of("sslmode", "sslrootcert", "sslcert", "sslkey", "channelBinding")) {
            Optional.ofNullable(decided.get(name))
                    .ifPresent(value -> environment.put("PG" + name.toUpperCase(Locale.ROOT), value));
        }
        return environment;
    }

    @Override
    public void requireSessions() throws CouldNotRunException {
        try {
            if (TransactionPooler.named(url) || isPooled()) {
                throw new CouldNotRunException(
                        url + " is a transaction pooler: it lends a session for one transaction and"
                                + " then to somebody else, so the lock that keeps two runs apart would not hold. Nothing was"
                                + " changed. " + TransactionPooler.instead(url, login)
                                + " (health, verify-rls, check-manifest, save-manifest and status work here.)");
            }
        } catch (SQLException e) {
            throw ConnectionFailure.of(url, login, e);
        }
    }

    private boolean isPooled() throws SQLException, CouldNotRunException {
        if (direct) {
            return false;
        }
        Connection one = connect();
        try {
            Connection another = connect();
            unused.addLast(Meanwhile.done(another));
            return TransactionPooler.answers(one, another);
        } finally {
            unused.addLast(Meanwhile.done(one));
        }
    }

    @Override
    public void close() {
        // every other connection belongs to whoever asked for it
        close(unused);
    }

    private static void close(Deque<Meanwhile<Connection>> connections) {
        for (Meanwhile<Connection> made = connections.poll(); made != null; made = connections.poll()) {
            try {
                made.result().close();
            } catch (CouldNotRunException | SQLException e) {
                // then it was not made, or the server has closed it
                continue;
            }
        }
    }

    private static Connection connected(DatabaseUrl url, Login login) throws CouldNotRunException {
        try {
            return connect(url, login);
        } catch (SQLException e) {
            throw ConnectionFailure.of(url, login, e);
        }
    }

    private static Connection connect(DatabaseUrl url, Login login) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "trackpay");
        properties.setProperty("connectTimeout", TIMEOUT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        // sends application_name with the greeting; a SET afterwards would stay in a session that a pooler lends to
        // others
        properties.setProperty("assumeMinServerVersion", Integer.toString(OLDEST));
        properties.putAll(Tls.decided(url));
        // for each host in turn, and a server that takes the connection and then says nothing
        properties.putIfAbsent(
                "loginTimeout",
                Integer.toString((seconds(properties.getProperty("connectTimeout")) + 1)
                        * url.hosts().size()));
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("user", login.user());
        // empty rather than absent: the driver would look into the password file by itself
        properties.setProperty("password", login.password().map(Password::value).orElse(""));
        String address = "jdbc:postgresql://"
                + url.hosts().stream().map(HostAndPort::toString).collect(Collectors.joining(","))
                + "/"
                + URLEncoder.encode(url.database().orElse(login.user()), StandardCharsets.UTF_8);
        @Nullable Connection connection = new Driver().connect(address, properties);
        if (connection == null) {
            throw new SQLException("the driver does not take this address", "08001");
        }
        return connection;
    }

    private static int seconds(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // the driver refuses it with a reason
            return 0;
        }
    }
}
