package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who logs in to a live database, and where the password came from.
 *
 * @param password none where nobody gave one: some servers ask for none
 * @param source for people: {@code the URL}, {@code service [prod] in ...}, {@code PGPASSWORD} ...; never the password itself
 */
public record Login(String user, Optional<Password> password, String source) {

    private record Offer(String source, Password password) {}

    /**
     * Looks at everything that may give a password: the URL and the service it names, a server of settings.xml, PGPASSWORD and the password file.
     *
     * @param server what {@code trackpay.serverId} names
     * @param environment of the process
     * @throws CouldNotRunException where more than one gives a password, or two give different users: nobody could tell which was meant
     */
    public static Login choose(DatabaseUrl url, Optional<ServerEntry> server, Map<String, String> environment)
            throws CouldNotRunException {
        String user = user(url, server, environment);
        List<Offer> offers = new ArrayList<>();
        url.password().ifPresent(password -> offers.add(new Offer(url.origin().password(), password)));
        server.flatMap(ServerEntry::password)
                .ifPresent(password -> offers.add(
                        new Offer("server " + server.map(ServerEntry::id).orElse("") + " of settings.xml", password)));
        Optional.ofNullable(environment.get("PGPASSWORD"))
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> offers.add(new Offer("PGPASSWORD", new Password(text))));
        PasswordFile file = PasswordFile.of(environment);
        file.password(url, user).ifPresent(password -> offers.add(new Offer(file.name(), password)));
        if (offers.size() > 1) {
            throw new CouldNotRunException("Two places give a password for " + user + " at " + url + ": "
                    + offers.get(0).source() + " and " + offers.get(1).source() + ". Leave it in one of them.");
        }
        return offers.isEmpty()
                ? new Login(
                        user,
                        Optional.empty(),
                        file.refusal().map(why -> "no password; " + why).orElse("no password"))
                : new Login(
                        user,
                        Optional.of(offers.get(0).password()),
                        "password from " + offers.get(0).source());
    }

    private static String user(DatabaseUrl url, Optional<ServerEntry> server, Map<String, String> environment)
            throws CouldNotRunException {
        Optional<String> configured = server.flatMap(ServerEntry::user);
        if (url.user().isPresent() && configured.isPresent() && !url.user().equals(configured)) {
            throw new CouldNotRunException(
                    "Two places give a user for " + url + ": " + url.origin().user() + " says "
                            + url.user().get()
                            + ", server " + server.get().id() + " of settings.xml says " + configured.get()
                            + ". Leave it in one of them.");
        }
        return url.user()
                .or(() -> configured)
                .or(() -> Optional.ofNullable(environment.get("PGUSER")).filter(name -> !name.isEmpty()))
                .orElseGet(() -> System.getProperty("user.name"));
    }
}
