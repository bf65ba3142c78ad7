package app.trackpay.database;

import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why an encrypted connection did not come about. The driver's own words are translated, so causes and names that are not tell the cases apart. */
final class TlsFailure {

    private TlsFailure() {}

    /** Empty where the failure has to do with something else. */
    static Optional<String> of(DatabaseUrl url, SQLException e) {
        String said = String.valueOf(e.getMessage());
        if ("08004".equals(e.getSQLState()) && said.contains("SSL")) {
            return Optional.of(withoutTls(url));
        }
        if (said.contains("PgjdbcHostnameVerifier")) {
            return Optional.of("TLS failed: the server's certificate is for another name than "
                    + url.hosts().get(0).host() + ". Write the name that stands in the certificate; or, where the"
                    + " authority of sslrootcert signs for nobody else, set sslmode=verify-ca.");
        }
        Optional<Throwable> expired = cause(e, CertificateExpiredException.class);
        if (expired.isPresent()) {
            return Optional.of("TLS failed: the server's certificate has expired ("
                    + expired.get().getMessage() + "). Have it renewed; sslmode=require without sslrootcert"
                    + " encrypts and checks nothing.");
        }
        if (cause(e, CertificateNotYetValidException.class).isPresent()) {
            return Optional.of("TLS failed: the server's certificate is not valid yet. Check this machine's clock.");
        }
        if (cause(e, CertPathBuilderException.class).isPresent()
                || cause(e, CertPathValidatorException.class).isPresent()) {
            return Optional.of("TLS failed: " + unknownAuthority(url));
        }
        boolean noFile = cause(e, FileNotFoundException.class).isPresent()
                || cause(e, NoSuchFileException.class).isPresent();
        if (noFile || said.contains("SSL root certificate")) {
            return Optional.of("TLS failed: " + root(url) + (noFile ? " is not there" : " holds no certificate")
                    + ", and sslmode asks to check the server's. Name the authority's certificate (a PEM file) with"
                    + " sslrootcert=<file>, or the ones that Java trusts with sslrootcert=system." + hint(url));
        }
        return cause(e, SSLException.class)
                .map(Throwable::getMessage)
                .map(why -> "TLS failed (" + why + "). Check sslmode and sslrootcert in the URL.");
    }

    private static String withoutTls(DatabaseUrl url) {
        boolean asked =
                url.parameters().containsKey("sslmode") || url.parameters().containsKey("sslrootcert");
        return "the server does not speak TLS, and "
                + (asked ? "the URL's sslmode asks for it" : "a server elsewhere is not spoken to without it")
                + ". Turn it on at the server; or, on a network you trust, add sslmode=prefer to the URL.";
    }

    private static String unknownAuthority(DatabaseUrl url) {
        String root = url.parameters().getOrDefault("sslrootcert", "system");
        return (!root.equals("system")
                        ? "the server's certificate is not signed by the authority of sslrootcert (" + root + ")."
                        : "nobody whom this machine trusts has signed the server's certificate.")
                + " Name its authority's certificate with sslrootcert=<file>; sslmode=require without sslrootcert encrypts and"
                + " checks nothing."
                + hint(url);
    }

    private static String root(DatabaseUrl url) {
        return "the file "
                + Optional.ofNullable(url.parameters().get("sslrootcert")).orElse("~/.postgresql/root.crt");
    }

    private static String hint(DatabaseUrl url) {
        return url.hosts().stream()
                        .anyMatch(host -> host.host().endsWith(".supabase.co")
                                || host.host().endsWith(".supabase.com"))
                ? " The project's Database Settings have it for download, under SSL Configuration."
                : "";
    }

    private static Optional<Throwable> cause(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }
}
