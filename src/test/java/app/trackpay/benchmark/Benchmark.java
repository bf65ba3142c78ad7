package app.trackpay.benchmark;

import app.trackpay.catalog.Catalog;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.TestPostgres;
import app.trackpay.database.TestPostgres.Database;
import app.trackpay.database.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All measures in one run, since figures of different runs cannot be compared. System properties, each with a default: {@code benchmark.parts}
 * (wire, probe, apply, large, medium, changes), {@code benchmark.large} and {@code benchmark.medium} (tables), {@code benchmark.rounds},
 * {@code benchmark.every} (every nth change), {@code benchmark.postgres} (major version).
 */
public final class Benchmark {

    private static final int NEWEST = 18;

    private final Path folder = Path.of("target/benchmark").toAbsolutePath();
    private final Report report;
    private final TestPostgres postgres;

    private Benchmark(Report report, TestPostgres postgres) {
        this.report = report;
        this.postgres = postgres;
    }

    public static void main(String[] arguments) throws Exception {
        Optional<Integer> dump = PgDump.major();
        // an older pg_dump refuses a newer server
        int major = Integer.getInteger("benchmark.postgres", Math.min(NEWEST, dump.orElse(17)));
        Report report = Report.in(Path.of("target/benchmark").toAbsolutePath());
        TestPostgres postgres = TestPostgres.of(major, GrantEra.NEW);
        report.line("PostgreSQL " + postgres.server().version() + ", pg_dump "
                + dump.map(Object::toString).orElse("not installed") + ", Java "
                + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors, load " + load());
        report.line("");
        Benchmark benchmark = new Benchmark(report, postgres);
        for (String part : System.getProperty("benchmark.parts", "wire,probe,apply,large,medium,changes")
                .split(",")) {
            switch (part.strip()) {
                case "wire" -> benchmark.wire();
                case "probe" -> benchmark.probe(major);
                case "apply" -> benchmark.migrations();
                case "large" -> benchmark.large(Integer.getInteger("benchmark.large", 10_000));
                case "medium" -> benchmark.medium(Integer.getInteger("benchmark.medium", 2_000));
                case "changes" -> benchmark.changes(Integer.getInteger("benchmark.every", 1));
                default ->
                    throw new IllegalArgumentException(
                            "benchmark.parts: wire, probe, apply, large, medium, changes; not " + part);
            }
        }
        report.line("load at the end " + load() + "; this report is " + report.file());
        System.exit(0);
    }

    private static String load() throws IOException {
        Path linux = Path.of("/proc/loadavg");
        return Files.exists(linux) ? Files.readString(linux).split(" ", 2)[0] : "unknown";
    }

    private void wire() throws Exception {
        report.line("== Messages that wait for an answer: reading the catalog of an application");
        List<List<String>> rows = new ArrayList<>();
        try (Database database = postgres.database();
                Wire wire = new Wire(
                        InetAddress.getLoopbackAddress().getHostAddress(),
                        postgres.server().port())) {
            GeneratedDatabase.fill(database, 20);
            LiveDatabase live = LiveDatabase.open(
                    DatabaseUrl.parse(
                            "postgresql://127.0.0.1:" + wire.port() + "/" + database.name() + "?sslmode=disable"),
                    new Login(
                            database.superuser().user(),
                            Optional.of(database.superuser().password()),
                            "the benchmark"));
            rows.add(row("check-manifest: learn what answers there", wire));
            Catalog catalog = CatalogReader.read(live, CatalogScope.USER_SCHEMAS);
            rows.add(row("check-manifest: read " + catalog.relations().size() + " tables", wire));
            Run dump = Run.attempt(
                    List.of(
                            "pg_dump",
                            "--schema-only",
                            "--file=" + folder.resolve("wire.sql"),
                            "--host=127.0.0.1",
                            "--port=" + wire.port(),
                            "--username=" + database.superuser().user(),
                            database.name()),
                    Map.of(
                            "PGPASSWORD",
                            database.superuser().password().value(),
                            "PGSSLMODE",
                            "disable",
                            "PGGSSENCMODE",
                            "disable"),
                    folder);
            if (dump.exit() == 0) {
                rows.add(row("pg_dump --schema-only", wire));
            } else {
                report.line("skipped: pg_dump: " + dump.lastLine());
            }
        }
        report.table(List.of("what", "to connect", "queries"), rows);
    }

    private static List<String> row(String what, Wire wire) {
        // a client says goodbye with an X and waits for nothing
        long queries = wire.sent().stream().filter(type -> type != 'X').count();
        List<String> row = List.of(what, Integer.toString(wire.logins()), Long.toString(queries));
        wire.forget();
        return row;
    }

    private void probe(int major) throws Exception {
        report.line("== The row probe on the reference set: every persona, table, command and row");
        new ProbeRace(report, major, work("probe")).run(Math.max(2, Integer.getInteger("benchmark.rounds", 3)));
    }

    private void migrations() throws Exception {
        for (int files : List.of(100, 1_000)) {
            report.line("== " + files + " small migration files");
            new Migrations(report, postgres, work("apply-" + files), files)
                    .run(Integer.getInteger("benchmark.rounds", 3));
        }
    }

    private void large(int tables) throws Exception {
        report.line("== " + tables + " tables, " + 2 * tables + " policies, " + 2 * tables + " indexes, unchanged");
        race(tables, List.of(new PgDump(false, work("large")), whole("large"), new InProcess(work("large-in"))));
    }

    private void medium(int tables) throws Exception {
        report.line("== " + tables + " tables, unchanged");
        race(
                tables,
                List.of(
                        new PgDump(false, work("medium")),
                        whole("medium"),
                        new InProcess(work("medium-in")),
                        new PgDelta(work("npm")),
                        new Liquibase(work("liquibase"))));
    }

    private void race(int tables, List<Tool> tools) throws Exception {
        try (Database database = postgres.database()) {
            GeneratedDatabase.fill(database, tables);
            new Race(report, Integer.getInteger("benchmark.rounds", 3)).run(tools, database);
        }
    }

    private void changes(int every) throws Exception {
        report.line("== What each tool names first of a change");
        Path folder = work("changes");
        // the set is written into an empty folder only, and a benchmark may run again
        Path plan = Files.createTempDirectory(folder, "plan");
        InProcess.reference(plan);
        List<Tool> tools =
                new ArrayList<>(List.of(new InProcess(plan), new PgDump(true, folder), new PgDelta(work("npm"))));
        if (Boolean.getBoolean("benchmark.liquibase")) {
            tools.add(new Liquibase(work("liquibase")));
        }
        new Changes(report, postgres, folder).run(tools, every);
    }

    private WholeProcess whole(String part) throws IOException {
        return new WholeProcess(work(part + "-mvn"));
    }

    private Path work(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }
}
