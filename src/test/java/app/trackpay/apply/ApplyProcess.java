package app.trackpay.apply;

import app.trackpay.plan.PlanReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An applier in a JVM of its own, to be killed. It waits for its orders, so that it can be started ahead. */
final class ApplyProcess implements AutoCloseable {

    private final Process process;

    private ApplyProcess(Process process) {
        this.process = process;
    }

    static ApplyProcess start() throws IOException {
        return new ApplyProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ApplyProcess.class.getName())
                .redirectErrorStream(true)
                .start());
    }

    /** Has it apply the plan of a folder. */
    void apply(Way way, Path folder) throws IOException {
        Writer orders = process.outputWriter(StandardCharsets.UTF_8);
        orders.write(String.join("\t", way.url(), way.user(), way.password(), folder.toString()) + "\n");
        orders.flush();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(60, TimeUnit.SECONDS);
    }

    /** Waits for its end and gives back what it said. */
    String said() throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(60, TimeUnit.SECONDS);
        return said;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** One line of orders: URL, user, password, folder. */
    public static void main(String[] arguments) throws Exception {
        Class.forName("org.postgresql.Driver");
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String[] words = orders.readLine().split("\t");
            Outcome outcome = new Applier(
                            new Way(words[0], words[1], words[2]), ApplyOptions.standard("test"), new ApplyListener() {
                                @Override
                                public void waiting(String line) {
                                    System.out.println(line);
                                }
                            })
                    .apply(PlanReader.read(Path.of(words[3])));
            System.out.println(outcome instanceof Outcome.Applied applied ? applied.line() : "not applied: " + outcome);
        }
    }
}
