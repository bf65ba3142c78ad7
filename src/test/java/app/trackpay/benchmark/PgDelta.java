package app.trackpay.benchmark;

import app.trackpay.database.TestPostgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Supabase's own drift engine, from npm: a snapshot, and a database held against it. */
record PgDelta(Path folder) implements Tool {

    private static final String VERSION = "1.0.0-alpha.34";
    private static final String MAIN = "node_modules/@supabase/pg-delta/dist/cli/main.js";

    @Override
    public String name() {
        return "pg-delta " + VERSION;
    }

    @Override
    public void remember(Database database) throws IOException, InterruptedException, Skipped {
        install();
        Run run = run(List.of("snapshot", "--source", url(database), "--out", "snapshot.json"));
        if (run.exit() != 0) {
            throw new Skipped("pg-delta snapshot: " + run.lastLine());
        }
    }

    @Override
    public Verdict look(Database database) throws InterruptedException, Skipped {
        Run run = run(List.of("drift", "--env", url(database), "--snapshot", "snapshot.json"));
        if (run.exit() != 0 && !run.output().contains("Drift detected")) {
            throw new Skipped("pg-delta drift: " + run.lastLine());
        }
        String said = run.output()
                .lines()
                .filter(line -> line.matches("[+~-] .*"))
                .findFirst()
                .orElse("");
        return new Verdict(run, run.exit() != 0, said);
    }

    private void install() throws IOException, InterruptedException, Skipped {
        if (Files.exists(folder.resolve(MAIN))) {
            return;
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
        Run run = Run.attempt(
                List.of("npm", "install", "--no-audit", "--no-fund", "@supabase/pg-delta@" + VERSION),
                Map.of(),
                folder);
        if (run.exit() != 0) {
            throw new Skipped("npm install @supabase/pg-delta: " + run.lastLine());
        }
    }

    private Run run(List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", MAIN));
        command.addAll(arguments);
        return Run.attempt(command, Map.of(), folder);
    }

    private static String url(Database database) {
        return database.jdbcUrl()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://" + database.superuser().user() + ":"
                                + database.superuser().password().value() + "@");
    }
}
