package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.embedded.EmbeddedEngine;
import app.trackpay.database.embedded.EmbeddedServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Databases for tests: one server a JVM, major version and grant era, started when first asked for and ended with the JVM; one fresh database, with
 * the platform in it, for each test that asks.
 *
 * <pre>{@code
 * try (TestPostgres.Database database = TestPostgres.fresh();
 *         Connection connection = database.asMigrations()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Databases are separate, roles are not: a role that a test makes is there for all tests on the same server, so give it a name of its own and
 * drop it.
 */
public final class TestPostgres {

    private static final int DEFAULT_MAJOR = 17;
    private static final String TEMPLATE = "trackpay_template";
    /** Nobody copies it, so a connection to it is in nobody's way. */
    private static final String OFFICE = "trackpay_office";

    private static final int ANSWERS_IN_SECONDS = 5;
    private static final Map<Integer, Map<GrantEra, TestPostgres>> RUNNING = new HashMap<>();

    private final EmbeddedServer server;
    private final int major;
    private final AtomicInteger count = new AtomicInteger();
    /** Kept: to connect costs as much as to copy a database. */
    private Connection office;

    private TestPostgres(EmbeddedServer server, int major) {
        this.server = server;
        this.major = major;
    }

    /** A fresh database of the default release in the new grant era. */
    public static Database fresh() {
        return of(DEFAULT_MAJOR, GrantEra.NEW).database();
    }

    /** The server of a major version and era. */
    public static TestPostgres of(int major, GrantEra era) {
        synchronized (RUNNING) {
            return RUNNING.computeIfAbsent(major, any -> new EnumMap<>(GrantEra.class))
                    .computeIfAbsent(era, any -> start(major, era));
        }
    }

    /** The server itself. */
    public EmbeddedServer server() {
        return server;
    }

    /** A fresh database on this server; closing it drops it. */
    public Database database() {
        String name = "test_" + count.incrementAndGet();
        administer(copy(TEMPLATE, name));
        return new Database(this, name);
    }

    /** The statement that makes a copy of a database that nobody is connected to. */
    public String copy(String template, String name) {
        // the default since 15 writes every page to the log: four times as much work, a thousand times in these tests
        String strategy = major < 15 ? "" : " STRATEGY FILE_COPY";
        return "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER postgres" + strategy;
    }

    private static TestPostgres start(int major, GrantEra era) {
        try {
            EmbeddedServer server = new EmbeddedEngine(
                            PostgresRelease.of(major),
                            TestArchives.ARCHIVES,
                            Path.of("target/postgres-cache"),
                            line -> System.err.println("[test postgres] " + line))
                    .start(era);
            TestPostgres started = new TestPostgres(server, major);
            try (Connection connection = started.connect("template1", server.superuser());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + OFFICE);
                // a template of its own: one that somebody is connected to cannot be cloned
                statement.execute(started.copy("postgres", TEMPLATE));
            }
            return started;
        } catch (CouldNotRunException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs SQL as {@code supabase_admin}, in none of the databases that tests work in. */
    public synchronized void administer(String sql) {
        try {
            if (office == null || !office.isValid(ANSWERS_IN_SECONDS)) {
                office = connect(OFFICE, server.superuser());
            }
            try (Statement statement = office.createStatement()) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private Connection connect(String database, Credentials credentials) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database,
                credentials.user(),
                credentials.password().value());
    }

    /**
     * One test's database.
     *
     * @param postgres where it is
     * @param name its name
     */
    public record Database(TestPostgres postgres, String name) implements AutoCloseable {

        /** As {@code postgres}, who is not a superuser. */
        public Connection asMigrations() throws SQLException {
            return postgres.connect(name, postgres.server.migrations());
        }

        /** As {@code supabase_admin}. */
        public Connection asSuperuser() throws SQLException {
            return postgres.connect(name, postgres.server.superuser());
        }

        /** As any role, with its rights and no more: logged in as {@code authenticator} for the API roles, else by SET ROLE. */
        public Connection as(String role) throws SQLException {
            boolean api = role.equals("anon") || role.equals("authenticated") || role.equals("service_role");
            Connection connection =
                    postgres.connect(name, api ? postgres.server.authenticator() : postgres.server.superuser());
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET ROLE " + statement.enquoteIdentifier(role, true));
            }
            return connection;
        }

        /** Runs SQL as {@code postgres}, as a migration would. */
        public void run(String sql) throws SQLException {
            try (Connection connection = asMigrations();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        /** For whoever takes a URL; it names no user. */
        public String jdbcUrl() {
            return "jdbc:postgresql://" + postgres.server.host() + ":" + postgres.server.port() + "/" + name;
        }

        /** The login of {@code postgres}. */
        public Credentials migrations() {
            return postgres.server.migrations();
        }

        /** The login of {@code supabase_admin}. */
        public Credentials superuser() {
            return postgres.server.superuser();
        }

        @Override
        public void close() {
            postgres.administer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
    }
}
