package app.trackpay.benchmark;

import app.trackpay.database.TestPostgres.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Several tools on one unchanged database, in turn, several times: what else goes on on this machine hits all of them alike. */
final class Race {

    private final Report report;
    private final int rounds;

    Race(Report report, int rounds) {
        this.report = report;
        this.rounds = rounds;
    }

    /** Measures all tools against the first one. */
    void run(List<Tool> tools, Database database) throws IOException, InterruptedException {
        Map<Tool, List<Run>> runs = new LinkedHashMap<>();
        for (Tool tool : tools) {
            try {
                tool.remember(database);
                runs.put(tool, new ArrayList<>());
            } catch (Tool.Skipped e) {
                report.line("skipped: " + e.getMessage());
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<Tool, List<Run>> entry : runs.entrySet()) {
                if (round == 0 || !entry.getKey().isSlow()) {
                    round(entry.getKey(), entry.getValue(), database);
                }
            }
        }
        List<Run> reference = runs.getOrDefault(tools.get(0), List.of());
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<Tool, List<Run>> entry : runs.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                rows.add(row(entry.getKey(), entry.getValue(), reference));
            }
        }
        report.table(
                List.of(
                        "tool",
                        "first s",
                        "median s",
                        "of " + tools.get(0).name(),
                        "cpu s",
                        "of its cpu",
                        "memory MB",
                        "heap MB"),
                rows);
    }

    private void round(Tool tool, List<Run> runs, Database database) throws IOException, InterruptedException {
        try {
            Tool.Verdict verdict = tool.look(database);
            runs.add(verdict.run());
            if (verdict.differs()) {
                report.line("FALSE ALARM of " + tool.name() + " on an unchanged database: " + verdict.said());
            }
        } catch (Tool.Skipped e) {
            report.line("failed: " + e.getMessage());
        }
    }

    private static List<String> row(Tool tool, List<Run> runs, List<Run> reference) throws IOException {
        long memory = runs.stream().mapToLong(Run::megabytes).max().orElse(0);
        boolean inside = tool instanceof InProcess;
        String heap = tool instanceof WholeProcess process
                ? Long.toString(process.peakHeap())
                : inside ? Long.toString(memory) : "";
        return List.of(
                tool.name(),
                number(runs.get(0).seconds()),
                number(median(runs, Run::seconds)),
                number(median(runs, Run::seconds) / median(reference, Run::seconds)),
                number(median(runs, Run::cpu)),
                number(median(runs, Run::cpu) / median(reference, Run::cpu)),
                inside ? "" : Long.toString(memory),
                heap);
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
        double[] seconds = runs.stream().mapToDouble(figure).sorted().toArray();
        return seconds.length == 0 ? Double.NaN : seconds[seconds.length / 2];
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
