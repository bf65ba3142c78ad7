import app.trackpay.it.Story

Story.in(basedir)
    // the plan's own counts would have been green, and its quick health check ran through
    .verdict("apply", "pass")
    .says(" category    | expected_count | actual_count | status",
          " constraints |             15 |           33 | OK",
          " extensions  |              2 |            2 | OK",
          " functions   |              2 |            2 | OK",
          " indexes     |             15 |           24 | OK",
          " policies    |             18 |           19 | OK",
          " tables      |              8 |            8 | OK",
          "[10/10] 040_manifest.sql", "apply: pass")
    .neverSays("| MISSING", "Health check failed")
    .errors("health",
        "missing-column column public.trackpay_users.display_name",
        "missing-column column public.trackpay_users.claimed_status",
        "financial-cascade foreign key public.trackpay_payments.payments_of_client",
        "financial-cascade-path cascade auth.users → trackpay_users → trackpay_payments by trackpay_users_auth_user_id_fkey, payments_of_client",
        "foreign-key-delete-rule foreign key public.trackpay_activities.trackpay_activities_user_id_fkey",
        "foreign-key-delete-rule foreign key public.trackpay_users.trackpay_users_auth_user_id_fkey")
    .neverSays("policy-without-grant")
    .says("unexpected: public.trackpay_relationship_audit.audit_select_by_provider", "health: findings (6 errors")
    .errors("verify-rls",
        // no foreign key says what provider_id of the audit holds: the plan does
        "wrong-identity policy public.trackpay_relationship_audit.audit_select_by_provider",
        "unexpected-policy policy public.trackpay_relationship_audit.audit_select_by_provider",
        // sign-up, adding a client and the feed: nobody gave them a policy
        "write-denied table public.trackpay_users for newcomer, insert",
        "write-denied table public.trackpay_users for provider, insert",
        "write-denied table public.trackpay_activities for provider, insert",
        "write-denied table public.trackpay_activities for client, insert",
        "column-escalation table public.trackpay_users for authenticated",
        "rpc-result function public.delete_client_relationship_safely(uuid) for provider with b0000000-0000-4000-8000-000000000003")
    .warnings("verify-rls")
    .says("statements tried, all of them taken back",
          "error[column-escalation] table public.trackpay_users for authenticated",
          "proved: provider, client changed role, auth_user_id",
          "error[rpc-result]", "must return false and fails with P0001, Cannot delete. Active or unpaid sessions exist",
          "error[write-denied] table public.trackpay_activities for client, insert",
          "42501, new row violates row-level security policy for table \"trackpay_activities\"; no policy lets authenticated insert",
          "error[wrong-identity] policy public.trackpay_relationship_audit.audit_select_by_provider",
          "provider_id → public.trackpay_users.id (declared); auth.uid() → auth.users.id", "no row will ever match",
          "fix: compare with (SELECT public.current_trackpay_user_id())",
          "verify-rls: findings (8 errors, 0 warnings")
    .isReadable()
return true
