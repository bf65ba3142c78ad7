package app.trackpay.database;

/**
 * A throw-away database, made into a Supabase stand-in, that belongs to one goal. Its connections are those of the role {@code postgres}, which
 * runs migrations. It is gone when it is closed.
 */
public interface RehearsalServer extends Database {

    /**
     * Keeps what the server holds when it is closed, for {@link RehearsalEngine#startMigrated}. An engine that keeps nothing does nothing.
     *
     * @param key names the content: whoever asks with the same key gets this cluster
     */
    default void keepOnClose(String key) {
        // the next rehearsal applies the plan again
    }

    /** Ends the server and removes what it left. It does not throw: what stays behind is swept by a later rehearsal. */
    @Override
    void close();
}
