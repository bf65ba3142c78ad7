package app.trackpay.catalog;

import java.util.Locale;
import java.util.Set;

/** PostgreSQL's rules for names, for text that is shown or proposed; statements the plugin runs leave quoting to the server. */
public final class Identifier {

    // words that cannot be a name as they are, on any supported server
    private static final Set<String> RESERVED = Set.of(
            ("all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column"
                            + " concurrently constraint create cross current_catalog current_date current_role current_schema"
                            + " current_time current_timestamp current_user default deferrable desc distinct do else end except"
                            + " false fetch for foreign freeze from full grant group having ilike in initially inner intersect"
                            + " into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull"
                            + " null offset on only or order outer overlaps placing primary references returning right select"
                            + " session_user similar some symmetric system_user table tablesample then to trailing true union"
                            + " unique user using variadic verbose when where window with")
                    .split(" "));

    private Identifier() {}

    /** The name as it may stand in a proposed statement: quoted unless it is plainly lower case and no key word. */
    public static String quote(String name) {
        return isPlain(name) && !RESERVED.contains(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && c != '_' && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** What the server stores for a name a person wrote: the inside of quotes as it stands, anything else in lower case. */
    public static String fold(String written) {
        return written.length() > 1 && written.startsWith("\"") && written.endsWith("\"")
                ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
                : written.toLowerCase(Locale.ROOT);
    }
}
