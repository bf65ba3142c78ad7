package app.trackpay.plan;

import java.util.List;

/** What a plan may call a check: the names that findings show in brackets. Each has a page of its name. */
final class CheckNames {

    static final List<String> ALL = List.of("""
            auth-users-exposed blocks-writes bypass-role changed-after-apply column-escalation column-type
            constraint-not-validated default-privileges definer-function-exposed definer-view drift-changed drift-missing
            drift-unexpected financial-cascade financial-cascade-path foreign-key-delete-rule foreign-table-exposed
            function-not-definer function-search-path grant-beyond-rls helper-immutable helper-missing helper-not-definer
            helper-not-executable helper-search-path helper-shadowed-by-force-rls index-count index-invalid
            materialized-view-exposed missing-column missing-extension missing-file missing-foreign-key missing-function
            missing-index missing-policy missing-publication-table missing-table missing-trigger missing-unique-index
            missing-with-check multiple-permissive not-pushed not-rerunnable not-tried order-violation policy-allows-anonymous
            policy-always-true policy-count policy-denies-all policy-for-public-role policy-initplan policy-recursion
            policy-unindexed policy-unprobed policy-user-metadata policy-without-grant policy-without-rls
            privilege-not-revoked query-fails realtime-without-rls rewrites-table rls-disabled rls-without-policy
            rows-hidden rows-leaked rpc-result step-failed step-incomplete storage-without-bucket table-count
            trigger-disabled unexpected-policy unlisted-file update-without-select write-allowed write-denied
            wrong-identity
            """.strip().split("\\s+"));

    private CheckNames() {}
}
