package app.trackpay.report;

import java.util.List;

/** What a terminal gets, each line with the first letter of its level. */
record Lines(List<String> lines) implements Output {

    @Override
    public void debug(String line) {}

    @Override
    public void info(String line) {
        lines.add("I " + line);
    }

    @Override
    public void warn(String line) {
        lines.add("W " + line);
    }

    @Override
    public void error(String line) {
        lines.add("E " + line);
    }
}
