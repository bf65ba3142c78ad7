package app.trackpay.probe;

import app.trackpay.CouldNotRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/**
 * Rows for the personas.
 *
 * @param file its name
 * @param text SQL
 */
record Fixtures(String file, String text) {

    static Fixtures read(Path file) throws CouldNotRunException {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            String name = String.valueOf(file.getFileName());
            return new Fixtures(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (IOException e) {
            throw new CouldNotRunException(
                    file + " cannot be read: " + e + ". It holds the rows for the personas; name it in \"fixtures\".",
                    e);
        }
    }

    private static String detail(@Nullable ServerErrorMessage error) {
        return Optional.ofNullable(error)
                .map(ServerErrorMessage::getDetail)
                .map(detail -> detail + " ")
                .orElse("");
    }

    private static String advice(@Nullable ServerErrorMessage error) {
        String state = error == null ? "" : String.valueOf(error.getSQLState());
        if (state.startsWith("23")) {
            return "The row is there already, or it breaks a rule of its table: correct the INSERT, with ids and addresses that nobody else"
                    + " has.";
        }
        return state.equals("42501")
                ? "The login may not do this: connect as a role that may, such as postgres."
                : "Write plain INSERTs, without BEGIN, COMMIT, COPY FROM stdin and psql commands.";
    }

    /** For people: what the server does not like, and at which line. */
    String refused(String said, @Nullable ServerErrorMessage error) {
        int position = error == null ? 0 : Math.max(error.getInternalPosition(), error.getPosition());
        boolean placed = error != null && text.equals(error.getInternalQuery()) && position > 0;
        String place = placed
                ? ":"
                        + (1
                                + text.codePoints()
                                        .limit(position - 1L)
                                        .filter(c -> c == '\n')
                                        .count())
                : "";
        return file + place + ": the rows for the personas could not be loaded: " + said + ". " + detail(error)
                + advice(error);
    }
}
