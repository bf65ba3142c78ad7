package app.trackpay.apply;

import app.trackpay.CouldNotRunException;
import app.trackpay.check.Finding;
import app.trackpay.database.Database;
import app.trackpay.database.Target;
import app.trackpay.database.TestPostgres;
import app.trackpay.plan.Assumptions;
import app.trackpay.plan.Financial;
import app.trackpay.plan.Identity;
import app.trackpay.plan.Plan;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.Provides;
import app.trackpay.plan.Scope;
import app.trackpay.plan.Step;
import app.trackpay.plan.Suppression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plan in the making and a database to apply it to; keeps what is said meanwhile. */
final class Folder implements ApplyListener {

    /** A dry run whose outcome nobody asks for anything. */
    private static final Gate DRY = new Gate() {
        @Override
        public boolean isDryRun() {
            return true;
        }

        @Override
        public void before(Database inside) {}

        @Override
        public boolean opens(Database inside, Trial trial) {
            return false;
        }
    };

    private final Path path;
    private final TestPostgres.Database database;
    private final List<Step> steps = new ArrayList<>();
    final List<String> progress = new ArrayList<>();
    final List<ResultTable> tables = new ArrayList<>();
    final List<Notice> notices = new ArrayList<>();
    final List<String> echoes = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<String> waits = new ArrayList<>();
    private final List<Suppression> suppressions = new ArrayList<>();
    final List<String> recognised = new ArrayList<>();
    private Assumptions assumed = Assumptions.NONE;
    private Target.Kind kind = Target.Kind.LIVE;
    private Optional<Path> file = Optional.empty();

    Folder(Path path, TestPostgres.Database database) {
        this.path = path;
        this.database = database;
    }

    Folder step(String id, String name, String text) {
        return step(id, name, text, Provides.NOTHING, false);
    }

    Folder sections(String id, String name, String text) {
        return step(id, name, text, Provides.NOTHING, true);
    }

    Folder step(String id, String name, String text, Provides provides, boolean sections) {
        write(name, text);
        steps.add(new Step(id, name, path.resolve(name), "Step " + id, Step.Importance.CRITICAL, sections, provides));
        return this;
    }

    /** With what the step provides, as a plan writes it. */
    Folder step(String id, String name, String text, String provides) {
        return step(id, name, text, provides(provides), false);
    }

    Folder sections(String id, String name, String text, String provides) {
        return step(id, name, text, provides(provides), true);
    }

    private Provides provides(String yaml) {
        try {
            Path other = Files.createTempDirectory(path, "plan");
            Files.writeString(
                    other.resolve("trackpay.yaml"),
                    "version: 1\nsteps:\n  - { id: z, file: z.sql, provides: { tables: { t: [id] } } }\n  - id: a\n    file: a.sql\n    provides: "
                            + yaml + "\n");
            return PlanReader.read(other).steps().get(1).provides();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (CouldNotRunException e) {
            throw new IllegalStateException(e);
        }
    }

    Folder write(String name, String text) {
        try {
            Files.writeString(path.resolve(name), text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return this;
    }

    Folder rehearsal() {
        kind = Target.Kind.REHEARSAL;
        return this;
    }

    /** As if the steps stood in a plan file. */
    Folder declared() {
        file = Optional.of(path.resolve("trackpay.yaml"));
        return this;
    }

    Folder suppress(Suppression suppression) {
        suppressions.add(suppression);
        return this;
    }

    Folder assume(Assumptions assumptions) {
        assumed = assumptions;
        return this;
    }

    Folder without(String id) {
        steps.removeIf(step -> step.id().equals(id));
        return this;
    }

    Folder swap(int one, int other) {
        java.util.Collections.swap(steps, one, other);
        return this;
    }

    Plan plan() {
        return new Plan(
                path,
                file,
                Scope.PUBLIC,
                List.copyOf(steps),
                Financial.NOTHING,
                Identity.UNKNOWN,
                List.of(),
                List.of(),
                assumed,
                List.of(),
                List.of(),
                List.copyOf(suppressions),
                Optional.empty());
    }

    Outcome apply() throws CouldNotRunException {
        return applier(ApplyOptions.standard("test")).apply(plan());
    }

    Outcome dryRun() throws CouldNotRunException {
        return applier(ApplyOptions.standard("test")).apply(plan(), DRY);
    }

    Applier applier(ApplyOptions options) {
        return new Applier(way(), options, this);
    }

    Outcome.Applied applied() throws CouldNotRunException {
        Outcome outcome = apply();
        if (outcome instanceof Outcome.Failed failed) {
            throw new AssertionError(String.join("\n", failed.failure().lines()));
        }
        return (Outcome.Applied) outcome;
    }

    List<Finding> incomplete() throws CouldNotRunException {
        return ((Outcome.Incomplete) apply()).findings();
    }

    SqlFailure failure() throws CouldNotRunException {
        return ((Outcome.Failed) apply()).failure();
    }

    Standing status() throws CouldNotRunException {
        return ApplyStatus.read(plan(), way());
    }

    /** The way in that goals use: as postgres, with text sent as it stands. */
    Database way() {
        return new Database() {

            @Override
            public Target target() {
                return new Target(kind, "127.0.0.1", 5432, database.name(), "17");
            }

            @Override
            public Connection connect() throws CouldNotRunException {
                try {
                    return DriverManager.getConnection(
                            database.jdbcUrl() + "?preferQueryMode=simple&ApplicationName=folder",
                            database.migrations().user(),
                            database.migrations().password().value());
                } catch (SQLException e) {
                    throw new CouldNotRunException("no connection", e);
                }
            }

            @Override
            public void close() {}
        };
    }

    /** The first column of every row, as the superuser sees it. */
    List<String> ask(String sql) throws SQLException {
        try (Connection connection = database.asSuperuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> answers = new ArrayList<>();
            while (row.next()) {
                answers.add(row.getString(1));
            }
            return answers;
        }
    }

    List<String> history() throws SQLException {
        return ask(
                "SELECT step || '/' || section || '/' || parts || CASE WHEN finished_at IS NULL THEN '/open' ELSE '' END"
                        + " FROM trackpay_history.steps ORDER BY place, section");
    }

    @Override
    public void done(Progress done) {
        progress.add(done.line());
    }

    @Override
    public void table(ResultTable table) {
        tables.add(table);
    }

    @Override
    public void notice(Notice notice) {
        notices.add(notice);
    }

    @Override
    public void echo(String line) {
        echoes.add(line);
    }

    @Override
    public void recognised(String line) {
        recognised.add(line);
    }

    @Override
    public void note(String line) {
        notes.add(line);
    }

    @Override
    public void waiting(String line) {
        waits.add(line);
    }
}
