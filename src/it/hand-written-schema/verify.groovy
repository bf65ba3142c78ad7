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
    .isReadable()
return true
