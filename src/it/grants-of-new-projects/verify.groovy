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
    .isReadable()
return true
