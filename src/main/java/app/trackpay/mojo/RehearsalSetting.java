package app.trackpay.mojo;

import app.trackpay.CouldNotRunException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What a rehearsal runs on, as the user chose it. */
sealed interface RehearsalSetting {

    /** PostgreSQL's own binaries. */
    record Embedded() implements RehearsalSetting {}

    /**
     * A container.
     *
     * @param image empty for that of the asked PostgreSQL
     */
    record Container(Optional<String> image) implements RehearsalSetting {}

    /**
     * A database of its own on a server that is there.
     *
     * @param url the server's
     * @param typed given with the command; else it stands in a pom, whose parameters Maven prints with -X
     */
    record Scratch(String url, boolean typed) implements RehearsalSetting {}

    /**
     * Reads the two parameters.
     *
     * @param commandLine Maven's user properties
     * @throws CouldNotRunException when they name nothing that there is
     */
    static RehearsalSetting of(@Nullable String rehearsal, @Nullable String image, Properties commandLine)
            throws CouldNotRunException {
        String text = rehearsal == null ? "" : rehearsal.strip();
        Optional<String> named = Optional.ofNullable(image).map(String::strip).filter(name -> !name.isEmpty());
        if (text.equalsIgnoreCase("container")) {
            return new Container(named);
        }
        if (named.isPresent()) {
            throw new CouldNotRunException(
                    "trackpay.image is " + named.get()
                            + ", which only a rehearsal in a container uses: add -Dtrackpay.rehearsal=container, or take the image away.");
        }
        if (text.isEmpty() || text.toLowerCase(Locale.ROOT).equals("embedded")) {
            return new Embedded();
        }
        if (text.contains("://")) {
            return new Scratch(text, commandLine.containsKey("trackpay.rehearsal"));
        }
        throw new CouldNotRunException("trackpay.rehearsal is \"" + text
                + "\"; it may be embedded, container, or the postgresql:// URL of a scratch server.");
    }
}
