package app.trackpay.benchmark;

import app.trackpay.CouldNotRunException;
import app.trackpay.apply.Applier;
import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.ApplyOptions;
import app.trackpay.apply.Outcome;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.TestPostgres;
import app.trackpay.database.TestPostgres.Database;
import app.trackpay.plan.PlanReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Many small migration files through whatever can run them, each on a database of its own on the same server, in turn. */
final class Migrations {

    private interface Runner {
        Run on(Database database) throws IOException, InterruptedException;
    }

    private static final String MAVEN = "mvn trackpay:apply";
    private static final long LOOK_EVERY_MILLIS = 10;

    private final Report report;
    private final TestPostgres postgres;
    private final Path folder;
    private final int files;

    /**
     * @param folder gets the files
     */
    Migrations(Report report, TestPostgres postgres, Path folder, int files) throws IOException {
        this.report = report;
        this.postgres = postgres;
        this.folder = folder;
        this.files = files;
        Path flyway = Files.createDirectories(folder.resolve("flyway"));
        for (int i = 1; i <= files; i++) {
            String sql = "CREATE TABLE public.t%d (id bigint PRIMARY KEY, note text NOT NULL);\n".formatted(i)
                    + "INSERT INTO public.t%d VALUES (1, 'one'), (2, 'two;');\n".formatted(i);
            Files.writeString(folder.resolve("2026%010d_table.sql".formatted(i)), sql);
            Files.writeString(flyway.resolve("V%d__table.sql".formatted(i)), sql);
        }
        try (InputStream pom = Migrations.class.getResourceAsStream("flyway-pom.xml")) {
            Files.write(flyway.resolve("pom.xml"), Objects.requireNonNull(pom).readAllBytes());
        }
    }

    /** Everyone in every round; whoever fails once is out, with its last line as the reason. */
    void run(int rounds) throws IOException, InterruptedException, SQLException {
        WholeProcess maven = new WholeProcess(folder);
        maven.settings();
        Map<String, Runner> runners = new LinkedHashMap<>();
        runners.put("psql, one process", this::psql);
        runners.put("apply in-process", this::inProcess);
        // each behind a build of its own that does nothing: whoever came first would find Maven's and Java's files cold
        runners.put(MAVEN, database -> {
            maven.run("apply", database, "-o", "-Dtrackpay.skip=true");
            return maven.run("apply", database, "-o");
        });
        runners.put("mvn flyway:migrate", database -> {
            flyway(maven, "-o", "-Dflyway.skip=true");
            return flyway(maven, database);
        });
        // whatever has to be downloaded is no part of the measure, nor is what this JVM has to load
        try (Database database = postgres.database()) {
            maven.run("apply", database, "-Dtrackpay.skip=true");
            inProcess(database);
        }
        flyway(maven, "-q", "-Dflyway.skip=true");
        Map<String, List<List<Run>>> all = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : List.copyOf(runners.keySet())) {
                try (Database database = postgres.database()) {
                    Run first = runners.get(name).on(database);
                    // psql has no memory of what ran
                    Run again =
                            name.startsWith("psql") ? first : runners.get(name).on(database);
                    if (first.exit() != 0 || again.exit() != 0) {
                        report.line("skipped: " + name + ": " + (first.exit() != 0 ? first : again).lastLine());
                        runners.remove(name);
                    } else {
                        all.computeIfAbsent(name, any -> new ArrayList<>()).add(List.of(first, again));
                    }
                }
            }
        }
        report.table(
                List.of("what", "s", "cpu s", "nothing to do, s"),
                all.entrySet().stream()
                        .map(entry -> List.of(
                                entry.getKey(),
                                median(entry.getValue().stream()
                                        .map(runs -> runs.get(0).seconds())
                                        .toList()),
                                median(entry.getValue().stream()
                                        .map(runs -> runs.get(0).cpu())
                                        .toList()),
                                entry.getKey().startsWith("psql")
                                        ? "-"
                                        : median(entry.getValue().stream()
                                                .map(runs -> runs.get(1).seconds())
                                                .toList())))
                        .toList());
        if (all.containsKey(MAVEN)) {
            killed(maven, rounds);
        }
    }

    /** Kills a whole build at half of the files and prints how long the next one takes, from its start to the end of the plan. */
    private void killed(WholeProcess maven, int rounds) throws IOException, InterruptedException, SQLException {
        List<Double> seconds = new ArrayList<>();
        List<Integer> there = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (Database database = postgres.database();
                    Connection connection = database.asSuperuser()) {
                Process build = maven.start("apply", database, "-o");
                while (build.isAlive() && applied(connection) < files / 2) {
                    Thread.sleep(LOOK_EVERY_MILLIS);
                }
                build.descendants().forEach(ProcessHandle::destroyForcibly);
                build.destroyForcibly().waitFor();
                there.add(applied(connection));
                Run next = maven.run("apply", database, "-o");
                int applied = applied(connection);
                if (next.exit() != 0 || applied != files) {
                    report.line("failed: after kill -9 " + applied + " files are applied: " + next.lastLine());
                    return;
                }
                seconds.add(next.seconds());
            }
        }
        report.line("mvn trackpay:apply again after kill -9 at " + there + " files: " + median(seconds) + " s");
        report.line("");
    }

    private static int applied(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet there =
                    statement.executeQuery("SELECT pg_catalog.to_regclass('trackpay_history.steps') IS NOT NULL")) {
                if (!there.next() || !there.getBoolean(1)) {
                    return 0;
                }
            }
            try (ResultSet count = statement.executeQuery(
                    "SELECT pg_catalog.count(*) FROM trackpay_history.steps WHERE finished_at IS NOT NULL")) {
                return count.next() ? count.getInt(1) : 0;
            }
        }
    }

    private static String median(List<Double> numbers) {
        return String.format(
                Locale.ROOT, "%.2f", numbers.stream().sorted().toList().get(numbers.size() / 2));
    }

    private Run psql(Database database) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1"));
        command.addAll(List.of("-p", String.valueOf(postgres.server().port())));
        command.addAll(List.of("-U", database.superuser().user(), "-d", database.name()));
        for (int i = 1; i <= files; i++) {
            command.addAll(List.of(
                    "-f", folder.resolve("2026%010d_table.sql".formatted(i)).toString()));
        }
        return Run.attempt(
                command, Map.of("PGPASSWORD", database.superuser().password().value()), folder);
    }

    private Run inProcess(Database database) {
        double worked = Cpu.seconds();
        long start = System.nanoTime();
        Login login = new Login(
                database.superuser().user(), Optional.of(database.superuser().password()), "the benchmark");
        try (LiveDatabase live = LiveDatabase.openForChanges(DatabaseUrl.parse(database.jdbcUrl()), login)) {
            Outcome outcome = new Applier(live, ApplyOptions.standard("benchmark"), new ApplyListener() {})
                    .apply(PlanReader.read(folder));
            int exit = outcome instanceof Outcome.Applied ? 0 : 1;
            return new Run(exit, (System.nanoTime() - start) / 1e9, Cpu.seconds() - worked, 0, outcome.toString());
        } catch (CouldNotRunException e) {
            return new Run(1, 0, 0, 0, String.valueOf(e.getMessage()));
        }
    }

    private Run flyway(WholeProcess maven, Database database) throws InterruptedException {
        return flyway(
                maven,
                "-o",
                "-Dflyway.url=" + database.jdbcUrl(),
                "-Dflyway.user=" + database.superuser().user(),
                "-Dflyway.password=" + database.superuser().password().value(),
                // the platform is in it
                "-Dflyway.baselineOnMigrate=true",
                "-Dflyway.baselineVersion=0",
                "-Dflyway.locations=filesystem:" + folder.resolve("flyway"));
    }

    private Run flyway(WholeProcess maven, String... more) throws InterruptedException {
        List<String> command = maven.maven();
        command.add("flyway:migrate");
        command.addAll(List.of(more));
        return Run.attempt(command, maven.options(), folder.resolve("flyway"));
    }
}
