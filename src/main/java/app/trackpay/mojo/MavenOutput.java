package app.trackpay.mojo;

import app.trackpay.report.Output;
import app.trackpay.report.Redactor;
import org.apache.maven.plugin.logging.Log;

/** Maven's log, with every line redacted. */
record MavenOutput(Log log, Redactor redactor) implements Output {

    @Override
    public void info(String line) {
        log.info(redactor.clean(line));
    }

    @Override
    public void warn(String line) {
        log.warn(redactor.clean(line));
    }

    @Override
    public void error(String line) {
        log.error(redactor.clean(line));
    }

    @Override
    public void debug(String line) {
        log.debug(redactor.clean(line));
    }
}
