package app.trackpay.database;

import app.trackpay.CouldNotRunException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/** Says why a connection failed, in the words of whoever has to mend it. */
final class ConnectionFailure {

    private static final String POOLER_REFUSES = "unsupported startup parameter: ";

    private static final Pattern DIRECT = Pattern.compile("db\\.([a-z0-9]+)\\.supabase\\.co", Pattern.CASE_INSENSITIVE);

    private ConnectionFailure() {}

    static CouldNotRunException of(DatabaseUrl url, Login login, SQLException e) {
        String where = url.toString();
        return new CouldNotRunException("No connection to " + where + ": " + why(url, login, e), e);
    }

    private static String why(DatabaseUrl url, Login login, SQLException e) {
        String said = said(e);
        Optional<String> tls = TlsFailure.of(url, e);
        if (tls.isPresent()) {
            return tls.get();
        }
        return switch (Optional.ofNullable(e.getSQLState()).orElse("")) {
            case "28P01" ->
                "the server refused the password of " + login.user() + " (" + login.source()
                        + "). Check user and password; in a URL, special characters must be percent-encoded.";
            case "28000" ->
                "the server does not let " + login.user() + " in (" + said
                        + "). Check the user's name and the server's pg_hba.conf; if it asks for encryption, add"
                        + " sslmode=require to the URL.";
            case "3D000" -> "there is no such database on that server (" + said + "). Check the name after the last /.";
            case "42501" ->
                "the server does not let " + login.user() + " into that database (" + said
                        + "). Have the database's owner GRANT it CONNECT there, or log in as another role.";
            case "53300" ->
                "the server has no connection left (" + said
                        + "). Wait, end other clients, or use the pooler's address.";
            case "57P03" -> "the server is not ready (" + said + "). Try again when it is up.";
            case "08004" -> rejected(login, said);
            case "08P01" ->
                said.startsWith(POOLER_REFUSES)
                        ? "the pooler there does not pass on " + said.substring(POOLER_REFUSES.length())
                                + ". Take it out of the URL, or use the server's own address."
                        : broken(url, login, e, said);
            default -> broken(url, login, e, said);
        };
    }

    private static String rejected(Login login, String said) {
        if (said.contains("no password was provided") || said.contains("password is an empty")) {
            return noPassword(login);
        }
        return said + ".";
    }

    private static String noPassword(Login login) {
        return "the server asks for the password of " + login.user()
                + ", and none was given" + (login.source().contains(";") ? " (" + login.source() + ")" : "")
                + ". Set PGPASSWORD, write it to ~/.pgpass, or name a server of settings.xml with"
                + " trackpay.serverId.";
    }

    private static String broken(DatabaseUrl url, Login login, SQLException e, String said) {
        if (has(e, UnknownHostException.class)) {
            return "no such host is known." + platformHint(url, " Check the name and this machine's DNS.");
        }
        if (has(e, SocketTimeoutException.class) || said.contains("timed out")) {
            return "no answer in time. Check host and port, and the firewalls on the way"
                    + " (connect_timeout in the URL sets the seconds)." + platformHint(url, "");
        }
        if (has(e, NoRouteToHostException.class) || said.contains("unreachable") || causeSays(e, "unreachable")) {
            return "this machine has no route to it." + platformHint(url, " Check the network.");
        }
        if (has(e, ConnectException.class)) {
            return "nothing listens there. Is the server running, and is the port right?";
        }
        if (said.contains("empty password") || said.contains("no password was provided")) {
            return noPassword(login);
        }
        if (said.startsWith("Could not find a server with specified targetServerType")) {
            return "of the hosts that answered none is what target_session_attrs in the URL asks for. Name the host that is,"
                    + " or take target_session_attrs out.";
        }
        if (has(e, EOFException.class) || has(e, SocketException.class)) {
            return "what listens there hung up without an answer. Is it PostgreSQL, is it up yet (the port of a container is"
                    + " open before the server in it is), and does a firewall or proxy stand in between?";
        }
        if ("08P01".equals(e.getSQLState())) {
            return "what answers there does not speak PostgreSQL's protocol (" + said + "). Check the port.";
        }
        return said + (e.getSQLState() == null ? "" : " (SQLSTATE " + e.getSQLState() + ")") + ".";
    }

    /** A project's direct host has an IPv6 address only, which many build machines cannot reach. */
    private static String platformHint(DatabaseUrl url, String otherwise) {
        return url.hosts().stream()
                .map(host -> DIRECT.matcher(host.host()))
                .filter(Matcher::matches)
                .findFirst()
                .map(host ->
                        " A project's direct address is IPv6 only; on a network without IPv6 use the session pooler:"
                                + " postgresql://postgres." + host.group(1) + "@<pooler>:5432/"
                                + url.database().orElse("postgres")
                                + ", where the project's Connect page names <pooler> (aws-….pooler.supabase.com).")
                .orElseGet(() -> onlyIpv6(url)
                        ? " It has an IPv6 address only, and this machine no way to it: use an address"
                                + " with IPv4, or a network with IPv6."
                        : otherwise);
    }

    private static boolean onlyIpv6(DatabaseUrl url) {
        return url.hosts().stream().allMatch(host -> {
            try {
                return Arrays.stream(InetAddress.getAllByName(host.host())).allMatch(Inet6Address.class::isInstance);
            } catch (UnknownHostException e) {
                return false;
            }
        });
    }

    private static boolean has(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean causeSays(Throwable e, String word) {
        return causeText(e).contains(word);
    }

    private static String causeText(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return firstLine(last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage());
    }

    private static String said(SQLException e) {
        String text = e instanceof PSQLException refusal
                        && refusal.getServerErrorMessage() != null
                        && refusal.getServerErrorMessage().getMessage() != null
                ? refusal.getServerErrorMessage().getMessage()
                : String.valueOf(e.getMessage());
        String line = firstLine(text);
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
