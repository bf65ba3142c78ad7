import app.trackpay.it.Story

Story.in(basedir)
    // the plan's own counts would have been green, and its quick health check ran through
    .verdict("apply", "pass")
    .says(" policies    |             18 |           19 | OK", " tables      |              8 |            8 | OK",
          "[10/10] 040_manifest.sql", "apply: pass")
    .neverSays("| MISSING", "Health check failed")
    .errors("health",
        "policy-without-grant table public.trackpay_users for authenticated",
        "policy-without-grant table public.trackpay_relationships for authenticated",
        "policy-without-grant table public.trackpay_sessions for authenticated",
        "policy-without-grant table public.trackpay_payments for authenticated",
        "policy-without-grant table public.trackpay_requests for authenticated",
        "policy-without-grant table public.trackpay_activities for authenticated",
        "policy-without-grant table public.trackpay_invites for authenticated",
        "policy-without-grant table public.trackpay_relationship_audit for authenticated",
        // and what is wrong with the schema on every project
        "missing-column column public.trackpay_users.display_name",
        "missing-column column public.trackpay_users.claimed_status",
        "financial-cascade foreign key public.trackpay_payments.payments_of_client",
        "financial-cascade-path cascade auth.users → trackpay_users → trackpay_payments by trackpay_users_auth_user_id_fkey, payments_of_client",
        "foreign-key-delete-rule foreign key public.trackpay_activities.trackpay_activities_user_id_fkey",
        "foreign-key-delete-rule foreign key public.trackpay_users.trackpay_users_auth_user_id_fkey")
    .says("error[policy-without-grant] table public.trackpay_payments for authenticated",
          "42501 for every user", "sql: GRANT INSERT, SELECT, UPDATE ON public.trackpay_payments TO authenticated;")
    .errors("verify-rls", *(
        ["users", "relationships", "sessions", "payments", "requests", "activities", "invites", "relationship_audit"].collectMany {
            ["policy-without-grant table public.trackpay_$it for authenticated", "query-fails table public.trackpay_$it"]
        } + [
            "wrong-identity policy public.trackpay_relationship_audit.audit_select_by_provider",
            "unexpected-policy policy public.trackpay_relationship_audit.audit_select_by_provider",
            "rpc-result function public.delete_client_relationship_safely(uuid) for provider with b0000000-0000-4000-8000-000000000003"
        ])*.toString())
    .warnings("verify-rls")
    .says("own → 42501!", "error[query-fails] table public.trackpay_payments",
          "SELECT as provider, client, INSERT as provider, UPDATE as provider ends in 42501, permission denied for table trackpay_payments",
          "verify-rls: findings (19 errors, 0 warnings")
    .isReadable()
return true
