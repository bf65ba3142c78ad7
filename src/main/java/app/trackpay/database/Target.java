package app.trackpay.database;

/**
 * The database a verdict is about, as reports name it: never with credentials.
 *
 * @param server the server's version, e.g. {@code 15.18}; empty where it is not known yet
 * @param engine what runs the server of a rehearsal, such as {@code container postgres:15}; empty for the usual one
 */
public record Target(Kind kind, String host, int port, String database, String server, String engine) {

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

    /** One that needs no word about what runs it. */
    public Target(Kind kind, String host, int port, String database, String server) {
        this(kind, host, port, database, server, "");
    }

    /** {@code PostgreSQL 15.18 (container postgres:15)}, as far as it is known. */
    public String product() {
        return "PostgreSQL" + (server.isEmpty() ? "" : " " + server) + (engine.isEmpty() ? "" : " (" + engine + ")");
    }
}
