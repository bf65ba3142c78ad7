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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The changes and the innocent operations of the drift tests, each made for real on a copy of its own: what does each tool name? */
final class Changes {

    private static final int WIDTH = 46;

    private record Change(String object, String attributes, List<String> statements) {

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
        List<Tool> present = remembered(tools);
        int[] found = new int[present.size()];
        int[] alarms = new int[present.size()];
        List<List<String>> rows = new ArrayList<>();
        for (Change change : changes) {
            if (change.ofRole()) {
                present = remembered(present);
            }
            List<String> row = new ArrayList<>(List.of(shown(
                    change.object() + (change.attributes().equals("-") ? "" : " (" + change.attributes() + ")"))));
            row.addAll(looks(present, change, found));
            rows.add(row);
        }
        present = remembered(present);
        for (Change change : innocent) {
            List<String> looks = looks(present, change, alarms);
            if (looks.stream().anyMatch(look -> !look.isEmpty())) {
                List<String> row = new ArrayList<>(
                        List.of(shown("nothing: " + change.statements().get(0))));
                row.addAll(looks);
                rows.add(row);
            }
        }
        rows.add(total("named, of " + changes.size() + " changes", found));
        rows.add(total("false alarms, of " + innocent.size() + " innocent operations", alarms));
        report.table(
                Stream.concat(Stream.of("what was changed"), present.stream().map(Tool::name))
                        .toList(),
                rows);
    }

    private static List<String> total(String what, int[] counts) {
        return Stream.concat(Stream.of(what), Arrays.stream(counts).mapToObj(Integer::toString))
                .toList();
    }

    private static List<Change> thinned(List<Change> all, int every) {
        return Stream.iterate(0, i -> i < all.size(), i -> i + every)
                .map(all::get)
                .toList();
    }

    private List<String> looks(List<Tool> tools, Change change, int[] counts)
            throws IOException, InterruptedException, SQLException {
        try (Database copy = copy()) {
            try (Connection connection = connect(copy.name());
                    Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute("SET allow_system_table_mods = on");
                for (String sql : change.statements()) {
                    statement.execute(sql);
                }
            } catch (SQLException e) {
                String failed = shown("could not be made: " + e.getMessage());
                return tools.stream().map(tool -> failed).toList();
            }
            List<String> said = new ArrayList<>();
            for (int i = 0; i < tools.size(); i++) {
                try {
                    Tool.Verdict verdict = tools.get(i).look(copy);
                    counts[i] += verdict.differs() ? 1 : 0;
                    said.add(shown(verdict.said()));
                } catch (Tool.Skipped e) {
                    said.add(shown("FAILED: " + e.getMessage()));
                }
            }
            return said;
        }
    }

    private List<Tool> remembered(List<Tool> tools) throws IOException, InterruptedException, SQLException {
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
