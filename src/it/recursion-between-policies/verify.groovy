import app.trackpay.it.Story

Story.in(basedir)
    .verdict("apply", "pass")
    .errors("verify-rls",
        "policy-recursion policy public.trackpay_relationships.tp_relationships_select_party",
        "query-fails table public.trackpay_users",
        "query-fails table public.trackpay_relationships",
        // new rows of these are held against relationships
        "query-fails table public.trackpay_sessions",
        "query-fails table public.trackpay_payments",
        "query-fails table public.trackpay_requests",
        "query-fails table public.trackpay_activities",
        "query-fails table public.trackpay_invites")
    .warnings("verify-rls")
    .says("own → 42P17!",
          "error[policy-recursion] policy public.trackpay_relationships.tp_relationships_select_party",
          "public.trackpay_relationships → public.trackpay_users → public.trackpay_relationships",
          "42P17, infinite recursion detected in policy", "fix: ask a SECURITY DEFINER function",
          "at:  020_rls_policies.sql:",
          "error[query-fails] table public.trackpay_users", "SELECT as provider",
          "42P17, infinite recursion detected in policy for relation \"trackpay_users\"")
    .isReadable()
return true
