package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.util.Optional;

/** Starts servers for rehearsals. */
public interface RehearsalEngine {

    /** What reports name: as exact as it is known, and exact once a server was started. */
    Target target();

    /**
     * A server with the platform and nothing else.
     *
     * @param era what the API roles are granted by default
     * @throws CouldNotRunException if it cannot be started here; the message says what to do
     */
    RehearsalServer start(GrantEra era) throws CouldNotRunException;

    /**
     * A server with what an earlier one held when it was closed.
     *
     * @param era what the API roles are granted by default
     * @param key what that server was kept under
     * @return empty if nothing is kept under this key, as always where an engine keeps nothing
     * @throws CouldNotRunException if it cannot be started here; the message says what to do
     */
    default Optional<? extends RehearsalServer> startMigrated(GrantEra era, String key) throws CouldNotRunException {
        return Optional.empty();
    }
}
