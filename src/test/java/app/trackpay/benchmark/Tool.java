package app.trackpay.benchmark;

import app.trackpay.database.TestPostgres.Database;
import java.io.IOException;

/** Something that can tell whether a database still is what it was. */
interface Tool {

    /** What tables call it. */
    String name();

    /**
     * Takes down what a database is now, in whatever form the tool keeps it.
     *
     * @throws Skipped where the tool is not installed or cannot work on this server
     */
    void remember(Database database) throws IOException, InterruptedException, Skipped;

    /** Holds a database against what was remembered last. */
    Verdict look(Database database) throws IOException, InterruptedException, Skipped;

    /** Whether one round is all that a person will wait for. */
    default boolean isSlow() {
        return false;
    }

    /**
     * What came of it.
     *
     * @param differs whether the tool says so
     * @param said what it named first, for people; empty when nothing
     */
    record Verdict(Run run, boolean differs, String said) {}

    /** The tool is no part of this run; the message is the reason. */
    final class Skipped extends Exception {

        private static final long serialVersionUID = 1;

        Skipped(String reason) {
            super(reason);
        }
    }
}
