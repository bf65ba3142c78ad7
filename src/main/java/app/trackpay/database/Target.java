package app.trackpay.database;

/**
 * The database a verdict is about, as reports name it: never with credentials.
 *
 * @param server the server's version, e.g. {@code 15.18}
 */
public record Target(Kind kind, String host, int port, String database, String server) {

    /** No database. */
    public static final Target NOTHING = new Target(Kind.NONE, "", 0, "", "");

    /** What stands behind the answer. */
    public enum Kind {
        /** A database that was there before and is there afterwards. */
        LIVE,
        /** A throw-away server that knows the plan and nothing else. */
        REHEARSAL,
        /** No server at all: only the plan's files were looked at. */
        NONE
    }
}
