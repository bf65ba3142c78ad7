package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;

/** Takes a URL apart. Since a slip of the pen can put a password anywhere, no message repeats more of it than a project's name. */
final class DatabaseUrlReader {

    private static final int DEFAULT_PORT = 5432;
    private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{([^}]*)}");
    /** What an app calls: it stands beside the database's address in the dashboard and in most {@code .env} files. */
    private static final Pattern API =
            Pattern.compile("(?i)https?://([a-z0-9]{20})\\.supabase\\.co(?::\\d+)?(?:[/?#].*)?");

    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z_]{1,40}");

    /** What libpq calls otherwise than pgjdbc; the rest of libpq's names are pgjdbc's, too, or mean nothing here. */
    private static final Map<String, String> LIBPQ = Map.ofEntries(
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("application_name", "ApplicationName"),
            Map.entry("target_session_attrs", "targetServerType"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("keepalives", "tcpKeepAlive"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("krbsrvname", "kerberosServerName"),
            Map.entry("load_balance_hosts", "loadBalanceHosts"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("require_auth", "requireAuth"));

    /** Parameters of libpq, and of programs whose URLs are copied here, that change nothing for this plugin. */
    private static final Set<String> MEANINGLESS = Set.of(
            "client_encoding",
            "fallback_application_name",
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout",
            "sslcompression",
            "sslsni",
            "pgbouncer",
            "connection_limit",
            "pool_timeout");

    /** What libpq takes from the environment where a URL leaves it open and a mistake would go unnoticed. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PGSSLMODE", "sslmode", "PGSSLROOTCERT", "sslrootcert");

    private static final Map<String, String> SESSION_ATTRIBUTES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private static final Set<String> TLS_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private static final Pattern SECONDS = Pattern.compile("\\d{1,5}");

    private final String url;
    private final Map<String, String> environment;
    /** Whose mistakes are told, and how it should be. */
    private final String subject;

    private final String form;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private List<HostAndPort> hosts = List.of();
    private Optional<String> database = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> password = Optional.empty();
    private Origin origin = Origin.URL;

    DatabaseUrlReader(String url, Map<String, String> environment) {
        this(
                url,
                environment,
                "The database URL",
                " It has the form postgresql://user@host:5432/database?sslmode=require; in a name or password,"
                        + " write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25.");
    }

    private DatabaseUrlReader(String url, Map<String, String> environment, String subject, String form) {
        this.url = url.strip();
        this.environment = environment;
        this.subject = subject;
        this.form = form;
    }

    DatabaseUrl read() throws CouldNotRunException {
        if (url.isEmpty()) {
            throw new CouldNotRunException("The database URL is empty: set trackpay.url (or TRACKPAY_DB_URL) to"
                    + " postgresql://user@host:5432/database, or leave it out altogether for a rehearsal.");
        }
        Matcher unresolved = UNRESOLVED.matcher(url);
        if (unresolved.find()) {
            throw new CouldNotRunException("The database URL still holds ${" + unresolved.group(1)
                    + "}, which nothing replaced: "
                    + (unresolved.group(1).startsWith("env.")
                            ? "set the environment variable "
                                    + unresolved.group(1).substring(4) + "."
                            : "define that property, for instance with -D."));
        }
        Matcher api = API.matcher(url);
        if (api.matches()) {
            String project = api.group(1).toLowerCase(Locale.ROOT);
            throw new CouldNotRunException(
                    "The database URL is the address of the project's API, which an app calls, and not of its database. That is"
                            + " postgresql://postgres@db." + project
                            + ".supabase.co:5432/postgres, or on a network without"
                            + " IPv6 the session pooler: postgresql://postgres." + project
                            + "@<pooler>:5432/postgres, where"
                            + " the project's Connect page names <pooler> (aws-….pooler.supabase.com).");
        }
        boolean jdbc = url.regionMatches(true, 0, "jdbc:", 0, 5);
        String rest = jdbc ? url.substring(5) : url;
        int slashes = rest.indexOf("://");
        String scheme = slashes < 0 ? "" : rest.substring(0, slashes).toLowerCase(Locale.ROOT);
        if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
            throw malformed("it does not start with postgresql://, postgres:// or jdbc:postgresql://");
        }
        rest = rest.substring(slashes + 3);
        int question = rest.indexOf('?');
        path(question < 0 ? rest : rest.substring(0, question));
        if (question >= 0) {
            query(rest.substring(question + 1), jdbc);
        }
        complete();
        return new DatabaseUrl(
                hosts.isEmpty() ? List.of(new HostAndPort("localhost", DEFAULT_PORT)) : hosts,
                database.filter(name -> !name.isEmpty()),
                user.filter(name -> !name.isEmpty()),
                password.filter(word -> !word.isEmpty()).map(Password::new),
                parameters,
                origin);
    }

    /** What the URL leaves open, from the service it names and from the environment, in libpq's order. */
    private void complete() throws CouldNotRunException {
        Optional<String> name = Optional.ofNullable(parameters.remove("service"))
                .or(() -> Optional.ofNullable(environment.get("PGSERVICE")))
                .filter(text -> !text.isEmpty());
        if (name.isPresent()) {
            ServiceFile.Service service = new ServiceFile(environment).service(name.get());
            DatabaseUrlReader named = new DatabaseUrlReader("", Map.of(), "The " + service, "");
            // host before port, whatever their order in the file
            for (var entry : new TreeMap<>(service.values()).entrySet()) {
                named.parameter(entry.getKey(), entry.getValue());
            }
            hosts = hosts.isEmpty() ? named.hosts : hosts;
            database = database.filter(text -> !text.isEmpty()).or(() -> named.database);
            user = user.filter(text -> !text.isEmpty());
            password = password.filter(word -> !word.isEmpty());
            origin = new Origin(
                    user.isPresent() ? origin.user() : service.toString(),
                    password.isPresent() ? origin.password() : service.toString());
            user = user.or(() -> named.user);
            password = password.or(() -> named.password);
            named.parameters.forEach(parameters::putIfAbsent);
        }
        for (var entry : ENVIRONMENT.entrySet()) {
            Optional.ofNullable(environment.get(entry.getKey()))
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> parameters.putIfAbsent(entry.getValue(), value));
        }
    }

    private void path(String text) throws CouldNotRunException {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (slash >= 0) {
            String name = text.substring(slash + 1);
            if (name.contains("@") || name.contains("/")) {
                throw malformed("an @ or a second / stands after the first /");
            }
            database = Optional.of(decode(name, false));
        }
        int at = address.lastIndexOf('@');
        if (at >= 0) {
            String who = address.substring(0, at);
            int colon = who.indexOf(':');
            user = Optional.of(decode(colon < 0 ? who : who.substring(0, colon), false));
            password = colon < 0 ? Optional.empty() : Optional.of(decode(who.substring(colon + 1), false));
        }
        hosts = hosts(address.substring(at + 1));
    }

    private List<HostAndPort> hosts(String text) throws CouldNotRunException {
        List<HostAndPort> found = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String one : text.split(",", -1)) {
                found.add(host(one));
            }
        }
        return found;
    }

    private HostAndPort host(String text) throws CouldNotRunException {
        int end = text.startsWith("[") ? text.indexOf(']') : -1;
        if (text.startsWith("[") && end < 0) {
            throw malformed("an IPv6 address lacks its closing bracket");
        }
        int colon = text.indexOf(':', Math.max(end, 0));
        if (end < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0) {
            throw malformed("an IPv6 address has to stand in brackets, as in [::1]:5432");
        }
        String name = end >= 0 ? text.substring(1, end) : decode(colon < 0 ? text : text.substring(0, colon), false);
        if (name.startsWith("/")) {
            throw malformed("it names a socket's folder, and only TCP is spoken here");
        }
        if (name.chars().anyMatch(c -> Character.isWhitespace(c) || c == '@')) {
            throw malformed("a host's name holds a blank or an @");
        }
        return new HostAndPort(
                name.isEmpty() ? "localhost" : name, colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1)));
    }

    private int port(String text) throws CouldNotRunException {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below, without the text: it is a piece of the password where a / in one was not encoded
        }
        throw malformed("what follows the host is not a port between 1 and 65535");
    }

    private void query(String text, boolean jdbc) throws CouldNotRunException {
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (pair.isEmpty()) {
                continue;
            }
            if (equals < 0) {
                throw malformed("a parameter after the ? has no value");
            }
            parameter(decode(pair.substring(0, equals), jdbc), decode(pair.substring(equals + 1), jdbc));
        }
    }

    private void parameter(String name, String value) throws CouldNotRunException {
        switch (name) {
            case "user" -> user = Optional.of(value);
            case "password" -> password = once(password, value);
            case "dbname" -> database = Optional.of(value);
            case "host" -> hosts = hosts(value.contains(":") && !value.startsWith("[") ? "[" + value + "]" : value);
            case "port" -> ports(value.split(",", -1));
            default -> {
                if (!MEANINGLESS.contains(name)) {
                    parameters.put(known(name), value(name, value));
                }
            }
        }
    }

    /** One for all hosts, or one for each. */
    private void ports(String[] ports) throws CouldNotRunException {
        List<HostAndPort> before = hosts.isEmpty() ? List.of(new HostAndPort("localhost", DEFAULT_PORT)) : hosts;
        if (ports.length != 1 && ports.length != before.size()) {
            throw malformed("it names " + before.size() + " hosts and " + ports.length + " ports");
        }
        List<HostAndPort> after = new ArrayList<>();
        for (HostAndPort host : before) {
            after.add(new HostAndPort(host.host(), port(ports[ports.length == 1 ? 0 : after.size()])));
        }
        hosts = List.copyOf(after);
    }

    private Optional<String> once(Optional<String> before, String value) throws CouldNotRunException {
        if (before.isPresent()) {
            throw malformed("it gives two passwords, one before the @ and one as a parameter");
        }
        return Optional.of(value);
    }

    private String known(String name) throws CouldNotRunException {
        String known = LIBPQ.getOrDefault(name, name);
        if (PGProperty.forName(known) == null) {
            throw malformed(
                    PARAMETER_NAME.matcher(name).matches()
                            ? "there is no parameter " + name + "; take it out"
                            : "a parameter after the ? is not one");
        }
        return known;
    }

    private String value(String name, String value) throws CouldNotRunException {
        if (name.equals("target_session_attrs")) {
            String type = SESSION_ATTRIBUTES.get(value);
            if (type == null) {
                throw malformed("target_session_attrs has a value that does not exist");
            }
            return type;
        }
        if (name.equals("sslmode") && !TLS_MODES.contains(value)) {
            throw malformed("sslmode is none of disable, allow, prefer, require, verify-ca and verify-full");
        }
        if (name.equals("connect_timeout") && !SECONDS.matcher(value).matches()) {
            throw malformed("connect_timeout is not a number of seconds");
        }
        if (name.equals("load_balance_hosts")) {
            return String.valueOf(value.equals("random"));
        }
        return name.equals("keepalives") ? String.valueOf(!value.equals("0")) : value;
    }

    private String decode(String text, boolean plusIsBlank) throws CouldNotRunException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed("a % is not followed by two hexadecimal digits; a % itself is written %25");
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(plusIsBlank && raw[i] == '+' ? ' ' : raw[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("what is percent-encoded is not UTF-8");
        }
    }

    private CouldNotRunException malformed(String why) {
        return new CouldNotRunException(subject + " cannot be read: " + why + "." + form);
    }
}
