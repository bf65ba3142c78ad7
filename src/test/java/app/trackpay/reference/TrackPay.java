package app.trackpay.reference;

import static org.assertj.core.api.Assertions.assertThat;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Applier;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.Outcome;
import app.trackpay.apply.SecondRun;
import app.trackpay.apply.Unit;
import app.trackpay.catalog.Catalog;
import app.trackpay.check.Judgement;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.Database;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A project of its own with the reference set applied to it by the plugin's own applier. */
final class TrackPay implements AutoCloseable {

    private static final int DEFAULT_MAJOR = 17;

    private final TestPostgres.Database project;
    private final Database database;
    private final Plan plan;
    private final List<Unit> ran;

    private TrackPay(TestPostgres.Database project, Database database, Plan plan, List<Unit> ran) {
        this.project = project;
        this.database = database;
        this.plan = plan;
        this.ran = ran;
    }

    static TrackPay applied() throws Exception {
        return applied(DEFAULT_MAJOR, GrantEra.NEW);
    }

    static TrackPay applied(int major, GrantEra era) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "reference");
        ReferenceSet.write(folder);
        Plan plan = PlanReader.read(folder);
        TestPostgres.Database project = TestPostgres.of(major, era).database();
        Database database = LiveDatabase.open(
                DatabaseUrl.parse(project.jdbcUrl()),
                new Login(
                        project.migrations().user(),
                        Optional.of(project.migrations().password()),
                        "the test"));
        Outcome outcome = new Applier(database, ApplyOptions.standard("test"), new ApplyListener() {}).apply(plan);
        assertThat(outcome).isInstanceOf(Outcome.Applied.class);
        return new TrackPay(project, database, plan, ((Outcome.Applied) outcome).ran());
    }

    Plan plan() {
        return plan;
    }

    /** What a rehearsal says of its files when each runs again. */
    Optional<Judgement> secondRun() throws CouldNotRunException {
        return SecondRun.of(plan, ran, database, ApplyOptions.standard("test"));
    }

    Catalog catalog() throws Exception {
        try (Connection connection = owner()) {
            return catalog(connection);
        }
    }

    static Catalog catalog(Connection connection) throws CouldNotRunException {
        return CatalogReader.readWithExpressions(connection, CatalogScope.USER_SCHEMAS);
    }

    /** A connection as {@code postgres}, who is no superuser and whom no policy binds. */
    Connection owner() throws CouldNotRunException {
        return database.connect();
    }

    /** The same in an open transaction, which closing the connection takes back. */
    Connection trial() throws Exception {
        Connection connection = owner();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Runs a file as {@code postgres}, as a whole. */
    void run(Path file) throws Exception {
        try (Connection connection = owner()) {
            run(connection, file);
        }
    }

    static void run(Connection connection, Path file) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(Files.readString(file));
        }
    }

    /** What the sign-up of the platform does before the app knows anything of it. */
    UUID signUp() throws Exception {
        UUID login = UUID.randomUUID();
        try (Connection connection = owner();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO auth.users (id, aud, role) VALUES (?, ?, ?)")) {
            insert.setObject(1, login);
            insert.setString(2, "authenticated");
            insert.setString(3, "authenticated");
            insert.executeUpdate();
        }
        return login;
    }

    /** The app as whoever is logged in. */
    As user(UUID login) {
        return As.user(project, login);
    }

    /** The app with a token that names nobody. */
    As nobody() {
        return As.user(project, UUID.randomUUID()).withoutSubject();
    }

    /** The app without a login. */
    As visitor() {
        return As.visitor(project);
    }

    /** Looks past the policies, to see what is really stored. */
    As support() {
        return As.support(project);
    }

    @Override
    public void close() {
        database.close();
        project.close();
    }

    /** A statement that should have worked, with what the server says. */
    static IllegalStateException broken(String sql, SQLException cause) {
        return new IllegalStateException(sql + "\n" + cause.getMessage(), cause);
    }
}
