package app.trackpay.report;

/** Where a goal's lines go. */
public interface Output {

    void info(String line);

    void warn(String line);

    void error(String line);

    void debug(String line);
}
