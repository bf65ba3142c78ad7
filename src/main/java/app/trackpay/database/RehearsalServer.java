package app.trackpay.database;

/** A throw-away PostgreSQL, made into a Supabase stand-in, that belongs to one goal. It is gone when it is closed, and when this JVM ends in any way. */
public interface RehearsalServer extends AutoCloseable {

    /** An address of this machine that no other one reaches. */
    String host();

    /** The TCP port. */
    int port();

    /** The database that stands for the Supabase project's. */
    String database();

    /** As the server says it, such as 17.11. */
    String version();

    /** The role {@code postgres}, which runs migrations and is not a superuser. */
    Credentials migrations();

    /** The bootstrap superuser, {@code supabase_admin}. */
    Credentials superuser();

    /** The role that the API logs in as, {@code authenticator}. */
    Credentials authenticator();

    /** The JDBC URL of {@link #database()}, without a user and a password. */
    default String jdbcUrl() {
        return "jdbc:postgresql://" + host() + ":" + port() + "/" + database();
    }

    /**
     * Keeps what the server holds when it is closed, for {@link RehearsalEngine#startMigrated}.
     *
     * @param key names the content: whoever asks with the same key gets this cluster
     */
    void keepOnClose(String key);

    /** Ends the server and removes its files. It does not throw: a file that stays behind is swept by a later rehearsal. */
    @Override
    void close();
}
