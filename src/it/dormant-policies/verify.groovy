import app.trackpay.it.Story

def people = ["provider", "other-provider", "client", "stranger", "newcomer", "nobody"]
Story.in(basedir)
    .verdict("apply", "pass")
    // the plan's count of policies is the same as before
    .says("policies", "OK", "[11/11] 050_dashboard.sql", "Each step was run a second time",
          "warning[not-rerunnable] file 020_rls_policies.sql", "undoes what later steps made",
          "~ table public.trackpay_users (row security), access narrowed; later: 050_dashboard.sql:3", "apply: pass")
    .warnings("apply", "not-rerunnable file 020_rls_policies.sql", "not-rerunnable file trackpay_schema.sql")
    .neverSays("| MISSING")
    .errors("verify-rls", *([
        "policy-without-rls table public.trackpay_users",
        "policy-without-rls table public.trackpay_activities",
        "rls-disabled table public.trackpay_users",
        "rls-disabled table public.trackpay_activities",
        "policy-always-true policy public.trackpay_requests.tp_requests_insert_provider"]
        // whoever is logged in; visitors hold no privilege
        + people.collectMany { [
            "rows-leaked table public.trackpay_users for $it",
            "rows-leaked table public.trackpay_activities for $it",
            "write-allowed table public.trackpay_users for $it, insert",
            "write-allowed table public.trackpay_users for $it, update",
            "write-allowed table public.trackpay_activities for $it, insert",
            "write-allowed table public.trackpay_requests for $it, insert"] })*.toString())
    .warnings("verify-rls")
    .says("error[policy-always-true]", "every row passes it for INSERT",
          "error[policy-without-rls] table public.trackpay_activities", "tp_activities_insert_party, tp_activities_select_party",
          "sql: ALTER TABLE public.trackpay_activities ENABLE ROW LEVEL SECURITY;",
          "error[rls-disabled] table public.trackpay_users", "authenticated may SELECT, INSERT, UPDATE on every row",
          "error[rows-leaked] table public.trackpay_users for stranger", "row level security is off")
    .isReadable()
return true
