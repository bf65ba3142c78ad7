package app.trackpay.catalog;

import java.util.Locale;
import java.util.regex.Pattern;

/** PostgreSQL's rules for names, for text that is shown or proposed; statements the plugin runs leave quoting to the server. */
public final class Identifier {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private Identifier() {}

    /** The name as it may stand in a proposed statement: quoted unless it is plainly lower case. */
    public static String quote(String name) {
        return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** What the server stores for a name a person wrote: the inside of quotes as it stands, anything else in lower case. */
    public static String fold(String written) {
        return written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toLowerCase(Locale.ROOT);
    }
}
