package app.trackpay.mojo;

import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.Notice;
import app.trackpay.apply.Progress;
import app.trackpay.apply.ResultTable;
import app.trackpay.report.Output;
import app.trackpay.report.Table;
import java.util.List;
import java.util.Optional;

/** Shows on the console how applying goes. */
record ApplyOutput(Output output) implements ApplyListener {

    @Override
    public void unchanged(int steps) {
        output.info("The plan's " + steps + (steps == 1 ? " step has" : " steps have")
                + " not changed: starting from the last rehearsal of them");
    }

    @Override
    public void done(Progress progress) {
        output.info(progress.line());
    }

    @Override
    public void table(ResultTable table) {
        output.info("");
        if (!table.columns().isEmpty()) {
            List<List<String>> rows =
                    table.rows().stream().map(ApplyOutput::cells).toList();
            new Table("result", table.columns(), rows).lines().forEach(output::info);
        }
        output.info(
                table.rows().size() < table.total()
                        ? "(the first " + table.rows().size() + " of " + table.total() + " rows)"
                        : "(" + table.total() + (table.total() == 1 ? " row)" : " rows)"));
        output.info("");
    }

    /** NULL and line ends, so that they can be told from text. */
    private static List<String> cells(List<Optional<String>> row) {
        return row.stream()
                .map(cell -> cell.map(text -> text.replaceAll("\r?\n", "\u21b5").replace('\t', ' '))
                        .orElse("(null)"))
                .toList();
    }

    @Override
    public void notice(Notice notice) {
        if (notice.warning()) {
            output.warn(notice.message());
        } else {
            output.debug(notice.message());
        }
    }

    @Override
    public void echo(String line) {
        output.info(line);
    }

    @Override
    public void recognised(String line) {
        output.info(line);
    }

    @Override
    public void note(String line) {
        output.info(line);
    }

    @Override
    public void waiting(String line) {
        output.info(line);
    }
}
