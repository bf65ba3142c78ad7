package app.trackpay.database;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a connection is encrypted. What the URL leaves open is decided here: to a server elsewhere never without TLS, and with a certificate named,
 * never without checking it.
 */
final class Tls {

    private static final String MODE = "sslmode";
    private static final String ROOT = "sslrootcert";

    private Tls() {}

    /** The driver's parameters, decided. */
    static Map<String, String> decided(DatabaseUrl url) {
        Map<String, String> decided = new LinkedHashMap<>(url.parameters());
        String mode = decided.getOrDefault(MODE, "");
        if ("system".equals(decided.get(ROOT))) {
            // libpq's word for the authorities that the machine trusts; here they are Java's
            decided.remove(ROOT);
            decided.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            decided.put(MODE, "verify-full");
        } else if (decided.containsKey(ROOT) && (mode.isEmpty() || mode.equals("require"))) {
            // as libpq takes it; the driver would not look at the certificate
            decided.put(MODE, mode.isEmpty() ? "verify-full" : "verify-ca");
        } else if (mode.isEmpty() && decided.containsKey("ssl")) {
            decided.put(MODE, decided.get("ssl").equals("false") ? "prefer" : "verify-full");
        } else if (mode.isEmpty()) {
            decided.put(MODE, url.hosts().stream().allMatch(Tls::local) ? "prefer" : "require");
        }
        return decided;
    }

    /** This machine, by its name: whatever else a resolver says of it, nobody else's traffic is in between. */
    private static boolean local(HostAndPort host) {
        String name = host.host();
        return name.equalsIgnoreCase("localhost") || name.equals("::1") || name.matches("127(\\.\\d{1,3}){3}");
    }
}
