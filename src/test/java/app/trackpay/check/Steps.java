package app.trackpay.check;

import app.trackpay.plan.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The text of a step's file. */
final class Steps {

    private Steps() {}

    /** Runs it as the one who runs migrations. */
    static String asPostgres(Step step) {
        return "SET LOCAL ROLE postgres; " + sql(step) + "; RESET ROLE";
    }

    static String sql(Step step) {
        try {
            return Files.readString(step.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
