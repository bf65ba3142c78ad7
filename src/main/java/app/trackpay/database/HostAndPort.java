package app.trackpay.database;

/**
 * Where a server listens.
 *
 * @param host a name or an address, IPv6 without brackets
 */
public record HostAndPort(String host, int port) {

    /** {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
