import app.trackpay.it.Story

def tables = ["users", "relationships", "sessions", "payments", "requests", "activities", "invites", "relationship_audit"]
def always = [users: "Profiles are visible", relationships: "Everybody sees who works for whom", sessions: "Allow all",
              payments: "Allow all", requests: "Read requests", activities: "Read activities"]
def others = [invites: ["Invites by code", "Providers invite"], relationship_audit: ["Audit by action"],
              payments: ["Providers record payments"], requests: ["Clients see their requests", "Providers change requests"],
              users: ["Users register", "Users change themselves"], sessions: ["Providers add sessions"],
              relationships: ["Providers add clients"]]

// what lies open lies open to everybody; Clara is the client in every request and activity
def open = ["provider", "client", "anon"].collectMany { who ->
    def all = who == "client" ? tables - ["requests", "activities"] : tables
    all.collect { "rows-leaked table public.trackpay_$it for $who" } +
        ["sessions", "payments"].collectMany { table ->
            ["insert", "update", "delete"].collect { "write-allowed table public.trackpay_$table for $who, $it" }
        }
}

Story.in(basedir)
    // enough is OK, and nobody asks what there is too many of
    .verdict("apply", "pass")
    .says(" policies    |             18 |           34 | OK",
          " tables      |              8 |            8 | OK",
          "[10/10] 040_manifest.sql", "apply: pass")
    .neverSays("| MISSING", "Health check failed")
    .errors("verify-rls", *([
        "wrong-identity policy public.trackpay_payments.Providers record payments",
        "wrong-identity policy public.trackpay_requests.Clients see their requests",
        "definer-view view public.trackpay_balances"]
        + always.collect { "policy-always-true policy public.trackpay_${it.key}.${it.value}" }
        + always.collect { "unexpected-policy policy public.trackpay_${it.key}.${it.value}" }
        + others.collectMany { table, names -> names.collect { "unexpected-policy policy public.trackpay_${table}.$it" } }
        + open)*.toString())
    .warnings("verify-rls")
    .saysTimes(16, "error[unexpected-policy]")
    .says("public.trackpay_payments", "delete", "none → all!",
          "error[rows-leaked] table public.trackpay_invites for anon", "anon sees 2 rows", "opened by Invites by code",
          "error[rows-leaked] table public.trackpay_payments for anon", "anon sees 3 rows", "opened by Allow all",
          "at:  020_rls_policies.sql:",
          "error[write-allowed] table public.trackpay_payments for anon, delete", "anon may delete 3 rows", "opened by Allow all")
    .says("error[policy-always-true] policy public.trackpay_payments.Allow all",
          "sql: DROP POLICY \"Allow all\" ON public.trackpay_payments;")
    .says("error[wrong-identity] policy public.trackpay_payments.Providers record payments",
          "public.trackpay_payments.provider_id → public.trackpay_users.id (foreign key)",
          "error[wrong-identity] policy public.trackpay_requests.Clients see their requests")
    .isReadable()
return true
