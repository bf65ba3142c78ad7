package app.trackpay.catalog;

import java.util.List;

/**
 * A role of the cluster.
 *
 * @param memberOf the roles it is directly a member of, sorted
 * @param settings its {@code ALTER ROLE ... SET} as {@code name=value}, sorted
 */
public record Role(
        String name,
        boolean superuser,
        boolean inherit,
        boolean createRole,
        boolean createDatabase,
        boolean login,
        boolean replication,
        boolean bypassRls,
        List<String> memberOf,
        List<String> settings) {}
