package app.trackpay.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A role of the cluster.
 *
 * @param connectionLimit how many connections it may have at once, -1 for any number
 * @param validUntil when its password ends, as the server spells it in UTC
 * @param memberships the roles it is directly a member of, sorted by name
 * @param settings its {@code ALTER ROLE ... SET} as {@code name=value}, sorted; the one for this database wins
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
        int connectionLimit,
        Optional<String> validUntil,
        List<Membership> memberships,
        List<String> settings) {

    /**
     * Being a member of a role, and what that gives.
     *
     * @param role the role it is a member of
     * @param admin may pass the membership on
     * @param inherit has the role's privileges without SET ROLE
     * @param set may SET ROLE to it
     */
    public record Membership(String role, boolean admin, boolean inherit, boolean set) {}

    /** The names of the roles it is directly a member of, sorted. */
    public List<String> memberOf() {
        return memberships.stream().map(Membership::role).toList();
    }
}
