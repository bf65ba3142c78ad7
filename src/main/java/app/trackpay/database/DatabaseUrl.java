package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The address of a live database. As text it shows neither a password nor the parameters, which may hold one.
 *
 * @param hosts tried in order, at least one
 * @param database its name; where none was given, the user's
 * @param parameters by pgjdbc's names
 * @param origin where user and password are written
 */
public record DatabaseUrl(
        List<HostAndPort> hosts,
        Optional<String> database,
        Optional<String> user,
        Optional<Password> password,
        Map<String, String> parameters,
        Origin origin) {

    public DatabaseUrl {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    /** One that names all by itself. */
    public DatabaseUrl(
            List<HostAndPort> hosts,
            Optional<String> database,
            Optional<String> user,
            Optional<Password> password,
            Map<String, String> parameters) {
        this(hosts, database, user, password, parameters, Origin.URL);
    }

    /**
     * Reads {@code postgresql://}, {@code postgres://} and {@code jdbc:postgresql://}.
     *
     * @param url as the user configured it
     * @throws CouldNotRunException for an empty, unresolved or malformed one; the message shows nothing of it that could be a password
     */
    public static DatabaseUrl parse(String url) throws CouldNotRunException {
        return parse(url, Map.of());
    }

    /**
     * The same, completed as psql completes it: by the service that {@code service=} or {@code PGSERVICE} names, and by {@code PGSSLMODE} and
     * {@code PGSSLROOTCERT}.
     *
     * @param url as the user configured it
     * @param environment of the process
     * @throws CouldNotRunException as above, or for a service that is not there
     */
    public static DatabaseUrl parse(String url, Map<String, String> environment) throws CouldNotRunException {
        return new DatabaseUrlReader(url, environment).read();
    }

    /** The same server, another database. */
    public DatabaseUrl to(String name) {
        return new DatabaseUrl(hosts, Optional.of(name), user, password, parameters, origin);
    }

    /**
     * The same with a startup option, after those that are there.
     *
     * @param option as the server's command line takes it
     */
    public DatabaseUrl with(String option) {
        Map<String, String> more = new HashMap<>(parameters);
        more.merge("options", "-c " + option, (before, last) -> before + " " + last);
        return new DatabaseUrl(hosts, database, user, password, more, origin);
    }

    /** {@code host:port/database}, for people. */
    @Override
    public String toString() {
        return hosts.stream().map(HostAndPort::toString).collect(Collectors.joining(","))
                + database.map(name -> "/" + name).orElse("");
    }
}
