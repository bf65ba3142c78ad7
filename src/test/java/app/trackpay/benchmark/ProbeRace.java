package app.trackpay.benchmark;

import app.trackpay.catalog.Catalog;
import app.trackpay.check.ReferenceDatabase;
import app.trackpay.database.CatalogReader;
import app.trackpay.database.CatalogScope;
import app.trackpay.database.DatabaseUrl;
import app.trackpay.database.GrantEra;
import app.trackpay.database.LiveDatabase;
import app.trackpay.database.Login;
import app.trackpay.database.TestPostgres;
import app.trackpay.database.Wire;
import app.trackpay.probe.Observation;
import app.trackpay.probe.Probe;
import app.trackpay.probe.SingleStatements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The row probe on the reference set, and the same tries written as single statements for one psql. */
final class ProbeRace {

    private final Report report;
    private final Path folder;
    private final ReferenceDatabase reference;

    ProbeRace(Report report, int major, Path folder) {
        this.report = report;
        this.folder = folder;
        this.reference = ReferenceDatabase.on(major, GrantEra.NEW);
    }

    void run(int rounds) throws Exception {
        try (Wire wire =
                new Wire("127.0.0.1", reference.database().postgres().server().port())) {
            double[] probe = new double[rounds];
            double[] psql = new double[rounds];
            Observation seen = probe(wire.port(), wire::forget, probe, 0);
            long probed = messages(wire);
            SingleStatements script = script();
            Path file = Files.writeString(folder.resolve("tries.sql"), script.text());
            psql[0] = psql(wire.port(), file);
            long asked = messages(wire);
            // in turn: what else goes on on this machine hits both alike; and past the counter, which costs a pass each
            // message
            int server = reference.database().postgres().server().port();
            for (int round = 1; round < rounds; round++) {
                probe(server, () -> {}, probe, round);
                psql[round] = psql(server, file);
            }
            if (!seen.findings().isEmpty()) {
                report.line(
                        "FALSE ALARM of the probe: " + seen.findings().get(0).message());
            }
            report.table(
                    List.of("what", "tries", "messages", "first s", "median s"),
                    List.of(
                            row("verify-rls: the row probe", seen.tries(), probed, probe),
                            row("psql, one statement after the other", script.tries(), asked, psql)));
        }
    }

    /** The first one is cold: nothing of it has run in this JVM, and the connection is new, as it is each time. */
    private Observation probe(int port, Runnable connected, double[] seconds, int round) throws Exception {
        LiveDatabase database = open(port);
        try (Connection connection = database.connect()) {
            Catalog catalog = CatalogReader.read(connection, CatalogScope.USER_SCHEMAS);
            connected.run();
            long start = System.nanoTime();
            Observation seen = Probe.run(connection, reference.plan(), catalog, List.of());
            seconds[round] = (System.nanoTime() - start) / 1e9;
            return seen;
        }
    }

    private SingleStatements script() throws Exception {
        int port = reference.database().postgres().server().port();
        try (Connection connection = open(port).connect()) {
            Catalog catalog = CatalogReader.read(connection, CatalogScope.USER_SCHEMAS);
            return SingleStatements.of(connection, reference.plan(), catalog);
        }
    }

    private double psql(int port, Path file) throws IOException, InterruptedException {
        TestPostgres.Database database = reference.database();
        Run run = Run.attempt(
                List.of(
                        "psql",
                        "--no-psqlrc",
                        "--quiet",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--username=" + database.migrations().user(),
                        "--dbname=" + database.name(),
                        "--output=/dev/null",
                        "--file=" + file),
                Map.of(
                        "PGPASSWORD",
                        database.migrations().password().value(),
                        "PGSSLMODE",
                        "disable",
                        "PGGSSENCMODE",
                        "disable"),
                folder);
        if (run.exit() != 0) {
            report.line("skipped: psql: " + run.lastLine());
            return Double.NaN;
        }
        return run.seconds();
    }

    private LiveDatabase open(int port) throws Exception {
        TestPostgres.Database database = reference.database();
        return LiveDatabase.open(
                DatabaseUrl.parse("postgresql://127.0.0.1:" + port + "/" + database.name() + "?sslmode=disable"),
                new Login(
                        database.migrations().user(),
                        Optional.of(database.migrations().password()),
                        "the benchmark"));
    }

    private static long messages(Wire wire) {
        long messages = wire.sent().stream().filter(type -> type != 'X').count();
        wire.forget();
        return messages;
    }

    private static List<String> row(String what, int tries, long messages, double[] seconds) {
        double[] sorted = Arrays.copyOfRange(seconds, Math.min(1, seconds.length - 1), seconds.length);
        Arrays.sort(sorted);
        return List.of(
                what,
                Integer.toString(tries),
                Long.toString(messages),
                number(seconds[0]),
                number(sorted[sorted.length / 2]));
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
