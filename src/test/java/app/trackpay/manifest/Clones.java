package app.trackpay.manifest;

import app.trackpay.CouldNotRunException;
import app.trackpay.catalog.Catalog;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.Credentials;
import app.trackpay.database.GrantEra;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.plan.Scope;
import app.trackpay.plan.Step;
import app.trackpay.plan.Suppression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases that are all alike: the reference set with or without every other kind of object, applied once and cloned for each test. */
final class Clones {

    private static final Map<Integer, Map<GrantEra, Clones>> MADE = new HashMap<>();

    private final TestPostgres postgres;
    private final String template;
    private final Plan plan;
    private final AtomicInteger count = new AtomicInteger();

    private Clones(TestPostgres postgres, String template, Plan plan) {
        this.postgres = postgres;
        this.template = template;
        this.plan = plan;
    }

    /** On a server of a major version, in a grant era. */
    static Clones on(int major, GrantEra era) {
        synchronized (MADE) {
            return MADE.computeIfAbsent(major, any -> new EnumMap<>(GrantEra.class))
                    .computeIfAbsent(era, any -> make(major, era));
        }
    }

    private static Clones make(int major, GrantEra era) {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "clones");
            ReferenceSet.write(folder);
            Plan plan = PlanReader.read(folder);
            TestPostgres postgres = TestPostgres.of(major, era);
            Clones clones = new Clones(postgres, "clones_" + major, plan);
            clones.postgres.administer(postgres.copy("trackpay_template", clones.template));
            for (Step step : plan.steps()) {
                run(clones.connect(clones.template, postgres.server().migrations()), Files.readString(step.file()));
            }
            run(clones.connect(clones.template, postgres.server().migrations()), resource("every-kind.sql"));
            return clones;
        } catch (IOException | SQLException | CouldNotRunException e) {
            throw new IllegalStateException(e);
        }
    }

    static String resource(String name) {
        try (InputStream in = Clones.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The reference plan as it is. */
    Plan plan() {
        return plan;
    }

    /** The reference plan without a scope: it answers for everything that is not the platform's. */
    Plan wide(Suppression... suppressions) {
        return new Plan(
                plan.directory(),
                plan.file(),
                Scope.PUBLIC,
                plan.steps(),
                plan.financial(),
                plan.identity(),
                plan.personas(),
                plan.access(),
                plan.assumed(),
                plan.protectedColumns(),
                plan.calls(),
                List.of(suppressions),
                plan.fixtures());
    }

    /** A database of its own, and a connection to it as superuser. */
    Clone open() {
        String name = "drift_" + count.incrementAndGet();
        postgres.administer(postgres.copy(template, name));
        return new Clone(this, name);
    }

    /** An empty database. */
    Clone empty() {
        String name = "drift_" + count.incrementAndGet();
        postgres.administer(postgres.copy("trackpay_template", name));
        return new Clone(this, name);
    }

    TestPostgres postgres() {
        return postgres;
    }

    private Connection connect(String database, Credentials login) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + postgres.server().host() + ":"
                        + postgres.server().port() + "/" + database + "?preferQueryMode=simple",
                login.user(),
                login.password().value());
    }

    private static void run(Connection opened, String sql) throws SQLException {
        try (Connection connection = opened;
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    /** One test's database; closing it drops it. */
    record Clone(Clones clones, String name) implements AutoCloseable {

        Connection connect() throws SQLException {
            return clones.connect(name, clones.postgres.server().superuser());
        }

        /** Runs each statement by itself, as superuser, in one session. */
        Clone run(String... statements) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                for (String sql : statements) {
                    try {
                        statement.execute(sql);
                    } catch (SQLException e) {
                        throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
                    }
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return this;
        }

        Manifest manifest(Plan judged) {
            try (Connection connection = connect()) {
                return Clones.manifest(connection, judged);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            clones.postgres.administer("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    /** What a connection sees. */
    static Manifest manifest(Connection connection, Plan plan) {
        try {
            Catalog catalog = CatalogReader.read(connection, Manifest.scope(plan));
            return Manifest.of(catalog, plan);
        } catch (CouldNotRunException e) {
            throw new IllegalStateException(e);
        }
    }
}
