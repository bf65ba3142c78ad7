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
    void run(int rounds) throws IOException, InterruptedException {
        WholeProcess maven = new WholeProcess(folder);
        maven.settings();
        Map<String, Runner> runners = new LinkedHashMap<>();
        runners.put("psql, one process", this::psql);
        runners.put("apply in-process", this::inProcess);
        runners.put("mvn trackpay:apply", database -> maven.run("apply", database, "-o"));
        runners.put("mvn flyway:migrate", this::flyway);
        // whatever has to be downloaded is no part of the measure
        Run.attempt(
                List.of("mvn", "-B", "-q", "flyway:migrate", "-Dflyway.skip=true"), Map.of(), folder.resolve("flyway"));
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
        try (LiveDatabase live = LiveDatabase.open(DatabaseUrl.parse(database.jdbcUrl()), login)) {
            Outcome outcome = new Applier(live, ApplyOptions.standard("benchmark"), new ApplyListener() {})
                    .apply(PlanReader.read(folder));
            int exit = outcome instanceof Outcome.Applied ? 0 : 1;
            return new Run(exit, (System.nanoTime() - start) / 1e9, Cpu.seconds() - worked, 0, outcome.toString());
        } catch (CouldNotRunException e) {
            return new Run(1, 0, 0, 0, String.valueOf(e.getMessage()));
        }
    }

    private Run flyway(Database database) throws InterruptedException {
        return Run.attempt(
                List.of(
                        "mvn",
                        "-B",
                        "-o",
                        "flyway:migrate",
                        "-Dflyway.url=" + database.jdbcUrl(),
                        "-Dflyway.user=" + database.superuser().user(),
                        "-Dflyway.password=" + database.superuser().password().value(),
                        // the platform is in it
                        "-Dflyway.baselineOnMigrate=true",
                        "-Dflyway.baselineVersion=0",
                        "-Dflyway.locations=filesystem:" + folder.resolve("flyway")),
                Map.of(),
                folder.resolve("flyway"));
    }
}
