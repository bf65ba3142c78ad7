package app.trackpay.mojo;

import app.trackpay.apply.ApplyListener;
import app.trackpay.apply.Notice;
import app.trackpay.apply.Progress;
import app.trackpay.apply.ResultTable;
import app.trackpay.report.Output;

/** Shows on the console how applying goes. */
record ApplyOutput(Output output) implements ApplyListener {

    @Override
    public void done(Progress progress) {
        output.info(progress.line());
    }

    @Override
    public void table(ResultTable table) {
        output.info("");
        table.lines().forEach(output::info);
        output.info("");
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
    public void waiting(String line) {
        output.info(line);
    }
}
