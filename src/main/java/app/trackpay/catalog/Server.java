package app.trackpay.catalog;

/**
 * Who answered.
 *
 * @param versionNumber {@code server_version_num}, e.g. 150018
 * @param version for people, e.g. {@code 15.18}
 * @param database the database
 * @param user the role the catalog was read as
 * @param inRecovery a read replica
 */
public record Server(int versionNumber, String version, String database, String user, boolean inRecovery) {

    /** The major version, e.g. 15. */
    public int major() {
        return versionNumber / 10_000;
    }
}
