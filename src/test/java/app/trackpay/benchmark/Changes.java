package app.trackpay.benchmark;

import app.trackpay.CouldNotRunException;
import app.trackpay.database.Credentials;
import app.trackpay.database.TestPostgres;
import app.trackpay.database.TestPostgres.Database;
import app.trackpay.plan.PlanReader;
import app.trackpay.plan.ReferenceSet;
import app.trackpay.plan.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** The changes and the innocent operations of the drift tests, each made for real on a copy of its own: what does each tool name? */
final class Changes {

    private static final int WIDTH = 46;

    private record Change(String object, String attributes, List<String> statements) {

        String name() {
            return object + (attributes.equals("-") ? "" : " (" + attributes + ")");
        }

        boolean ofRole() {
            return object.startsWith("role ");
        }
    }

    private final Report report;
    private final TestPostgres postgres;
    private final Path folder;
    private final String template;

    Changes(Report report, TestPostgres postgres, Path folder) {
        this.report = report;
        this.postgres = postgres;
        this.folder = folder;
        this.template = "changes_template";
    }

    /**
     * Makes the changes.
     *
     * @param every 1 for all of them, 10 for a tenth
     */
    void run(List<Tool> tools, int every) throws IOException, InterruptedException, SQLException, CouldNotRunException {
        prepare();
        List<Change> changes = thinned(
                lines("changes.txt")
                        .map(Changes::change)
                        // roles are the whole cluster's: what is done to them stays, so they come last
                        .sorted(Comparator.comparing(Change::ofRole))
                        .toList(),
                every);
        List<Change> innocent = thinned(
                lines("innocent.txt")
                        .map(sql -> new Change("", "", statements(sql)))
                        .toList(),
                every);
        Map<Tool, Tally> tallies = new LinkedHashMap<>();
        remembered(tools).forEach(tool -> tallies.put(tool, new Tally()));
        List<List<String>> rows = new ArrayList<>();
        for (Change change : changes) {
            if (change.ofRole()) {
                remembered(tallies.keySet());
            }
            Map<Tool, Look> looks = looks(tallies.keySet(), change);
            if (!looks.isEmpty()) {
                looks.forEach((tool, look) -> tallies.get(tool).ofChange(look));
                rows.add(row(change.name(), looks.values()));
            }
        }
        int made = rows.size();
        remembered(tallies.keySet());
        for (Change change : innocent) {
            Map<Tool, Look> looks = looks(tallies.keySet(), change);
            looks.forEach((tool, look) -> tallies.get(tool).ofNothing(look));
            if (looks.values().stream().anyMatch(look -> !look.said().isEmpty())) {
                rows.add(row("nothing: " + change.statements().get(0), looks.values()));
            }
        }
        rows.add(total("named, of " + made + " changes", tallies, tally -> tally.named));
        rows.add(total(
                "false alarms, of " + innocent.size() + " innocent operations", tallies, tally -> tally.falseAlarms));
        rows.add(total("looks that failed", tallies, tally -> tally.failed));
        report.table(
                Stream.concat(
                                Stream.of("what was changed"),
                                tallies.keySet().stream().map(Tool::name))
                        .toList(),
                rows);
    }

    /** What one tool made of one change. */
    private record Look(boolean differs, boolean failed, String said) {}

    /** What came of all looks of one tool. */
    private static final class Tally {
        private int named;
        private int falseAlarms;
        private int failed;

        void ofChange(Look look) {
            named += look.differs() ? 1 : 0;
            failed += look.failed() ? 1 : 0;
        }

        void ofNothing(Look look) {
            falseAlarms += look.differs() ? 1 : 0;
            failed += look.failed() ? 1 : 0;
        }
    }

    private static List<String> row(String what, Collection<Look> looks) {
        List<String> row = Stream.concat(Stream.of(what), looks.stream().map(Look::said))
                .map(Changes::shown)
                .toList();
        // the table comes at the end, which is far
        System.out.println(String.join(" | ", row));
        return row;
    }

    private static List<String> total(String what, Map<Tool, Tally> tallies, ToIntFunction<Tally> count) {
        return Stream.concat(
                        Stream.of(what),
                        tallies.values().stream().map(tally -> Integer.toString(count.applyAsInt(tally))))
                .toList();
    }

    private static List<Change> thinned(List<Change> all, int every) {
        return Stream.iterate(0, i -> i < all.size(), i -> i + every)
                .map(all::get)
                .toList();
    }

    /** What each tool makes of a change; nothing when it could not be made. */
    private Map<Tool, Look> looks(Collection<Tool> tools, Change change)
            throws IOException, InterruptedException, SQLException {
        try (Database copy = copy()) {
            Map<Tool, Look> looks = new LinkedHashMap<>();
            try {
                make(change, copy);
            } catch (SQLException e) {
                // nobody can name what is not there: it does not count
                report.line("could not be made: " + change.statements() + ": " + e.getMessage());
                return looks;
            }
            for (Tool tool : tools) {
                try {
                    Tool.Verdict verdict = tool.look(copy);
                    looks.put(tool, new Look(verdict.differs(), false, verdict.said()));
                } catch (Tool.Skipped e) {
                    looks.put(tool, new Look(false, true, "FAILED: " + e.getMessage()));
                }
            }
            return looks;
        }
    }

    private void make(Change change, Database copy) throws SQLException {
        try (Connection connection = connect(copy.name());
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET allow_system_table_mods = on");
            for (String sql : change.statements()) {
                statement.execute(sql);
            }
        }
    }

    private List<Tool> remembered(Collection<Tool> tools) throws IOException, InterruptedException, SQLException {
        List<Tool> present = new ArrayList<>();
        try (Database copy = copy()) {
            for (Tool tool : tools) {
                try {
                    tool.remember(copy);
                    present.add(tool);
                } catch (Tool.Skipped e) {
                    report.line("skipped: " + e.getMessage());
                }
            }
        }
        return present;
    }

    private void prepare() throws IOException, SQLException, CouldNotRunException {
        Path plan = Files.createTempDirectory(folder, "reference");
        ReferenceSet.write(plan);
        try (Database database = postgres.database()) {
            for (Step step : PlanReader.read(plan).steps()) {
                migrate(database, Files.readString(step.file()));
            }
            migrate(database, resource("every-kind.sql"));
            administer("DROP DATABASE IF EXISTS " + template);
            administer("CREATE DATABASE " + template + " TEMPLATE " + database.name() + " OWNER postgres");
        }
    }

    private void migrate(Database database, String sql) throws SQLException {
        try (Connection connection = connect(database.name(), database.migrations());
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private Database copy() throws SQLException {
        administer("DROP DATABASE IF EXISTS changed WITH (FORCE)");
        administer("CREATE DATABASE changed TEMPLATE " + template + " OWNER postgres");
        return new Database(postgres, "changed");
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = connect("template1");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String database) throws SQLException {
        return connect(database, postgres.server().superuser());
    }

    private Connection connect(String database, Credentials login) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + postgres.server().host() + ":"
                        + postgres.server().port() + "/" + database + "?preferQueryMode=simple",
                login.user(),
                login.password().value());
    }

    private static Change change(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", 6)).map(String::strip).toList();
        return new Change(cells.get(1), cells.get(2), List.of(cells.get(5)));
    }

    private static List<String> statements(String sql) {
        return sql.startsWith("DO ") ? List.of(sql) : List.of(sql.split("; "));
    }

    private static Stream<String> lines(String resource) throws IOException {
        return resource(resource).lines().filter(line -> !line.startsWith("#") && !line.isBlank());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Changes.class.getResourceAsStream("/app/trackpay/manifest/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
