package app.trackpay.check.rls;

import app.trackpay.check.Check;
import java.util.List;

/** The checks that read what policies, views and functions ask. They need a catalog with its expressions. */
public final class PolicyChecks {

    private static final List<Check> ALL = List.of(
            new WrongIdentity(),
            new PolicyRecursion(),
            new PolicyAlwaysTrue(),
            new PolicyAllowsAnonymous(),
            new MissingWithCheck(),
            new PolicyUserMetadata(),
            new AuthUsersExposed(),
            new HelperImmutable(),
            new PolicyDeniesAll(),
            new StorageWithoutBucket(),
            new PolicyInitplan(),
            new PolicyUnindexed());

    private PolicyChecks() {}

    /** All of them, the worst first. */
    public static List<Check> all() {
        return ALL;
    }
}
