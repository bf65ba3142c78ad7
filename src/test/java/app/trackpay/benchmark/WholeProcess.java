package app.trackpay.benchmark;

import app.trackpay.database.TestPostgres.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code mvn ...:check-manifest} as a user types it, Maven's own start included. It may use half a gigabyte of heap and no more. */
record WholeProcess(Path folder) implements Tool {

    private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->");

    @Override
    public String name() {
        return "mvn check-manifest";
    }

    @Override
    public void remember(Database database) throws IOException, InterruptedException, Skipped {
        InProcess.plan(folder);
        settings();
        Run run = run("save-manifest", database);
        if (run.exit() != 0) {
            throw new Skipped("mvn save-manifest: " + error(run));
        }
    }

    /** Lets Maven find what this build has downloaded. */
    void settings() throws IOException {
        try (InputStream settings = WholeProcess.class.getResourceAsStream("settings.xml")) {
            String text = new String(Objects.requireNonNull(settings).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    folder.resolve("settings.xml"),
                    text.replace(
                            "{downloaded}",
                            Path.of(System.getProperty("benchmark.downloaded"))
                                    .toUri()
                                    .toString()));
        }
    }

    @Override
    public Verdict look(Database database) throws InterruptedException, Skipped {
        Run run = run("check-manifest", database, "-o");
        boolean differs = run.output().contains("drift-");
        if (run.exit() != 0 && !differs) {
            throw new Skipped("mvn check-manifest: " + error(run));
        }
        return new Verdict(run, differs, "");
    }

    /** The most heap that was taken when a collection began, in megabytes. */
    long peakHeap() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("gc.log"))) {
            return lines.flatMap(line -> COLLECTION.matcher(line).results())
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    private static String error(Run run) {
        return run.output()
                .lines()
                .filter(line -> line.contains("ERROR"))
                .findFirst()
                .orElse(run.lastLine());
    }

    /** A goal, in a process of its own. */
    Run run(String goal, Database database, String... more) throws InterruptedException {
        return Run.attempt(command(goal, more), environment(database), folder);
    }

    /** The same, begun and not waited for. */
    Process start(String goal, Database database, String... more) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(goal, more))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment(database));
        return builder.start();
    }

    /** The Maven that everything of Maven's runs on. */
    static String mvn() {
        return System.getProperty("benchmark.maven") + "/bin/mvn";
    }

    private List<String> command(String goal, String... more) {
        List<String> command = maven();
        command.addAll(List.of(
                "app.trackpay:trackpay-maven-plugin:" + System.getProperty("benchmark.version") + ":" + goal,
                "-Dtrackpay.directory=" + folder,
                "-Dtrackpay.outputDirectory=" + folder.resolve("reports")));
        command.addAll(List.of(more));
        return command;
    }

    /** Maven with the repository of the measured ones; whoever is compared gets the same. */
    List<String> maven() {
        return new ArrayList<>(List.of(
                mvn(),
                "-B",
                "-s",
                folder.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + System.getProperty("benchmark.repository")));
    }

    /** The options of Maven's JVM; whoever is compared gets the same. */
    Map<String, String> options() {
        return Map.of("MAVEN_OPTS", "-Xmx512m -Xlog:gc:file=" + folder.resolve("gc.log"));
    }

    private Map<String, String> environment(Database database) {
        Map<String, String> environment = new HashMap<>(options());
        environment.put(
                "TRACKPAY_DB_URL",
                database.jdbcUrl()
                        .replace("//", "//" + database.superuser().user() + "@")
                        .substring(5));
        environment.put("PGPASSWORD", database.superuser().password().value());
        return environment;
    }
}
