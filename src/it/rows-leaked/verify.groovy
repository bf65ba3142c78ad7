import app.trackpay.it.Story

def story = Story.in(basedir)
    .verdict("apply", "pass")
    .says("warning[not-rerunnable] file 030_indexes.sql", "policy \"debug_payments\" for table \"trackpay_payments\" already exists (42710)",
        "fix: write DROP POLICY IF EXISTS in front of it")
    .says("public.trackpay_payments", "select",
        "error[rows-leaked] table public.trackpay_payments for anon",
        "anon sees 4 rows", "opened by debug_payments",
        "at:  020_rls_policies.sql:")
    .says("error[policy-always-true] policy public.trackpay_payments.debug_payments",
        "sql: DROP POLICY debug_payments ON public.trackpay_payments;")
    .verdict("verify-rls", "findings")
    .isReadable()
def cell = story.report("verify-rls").path("access")
    .find { it.path("table").asText() == "public.trackpay_payments" && it.path("command").asText() == "select" }
assert cell.path("anon").asText() == "none → all!"
assert cell.path("provider").asText() == "own"
return true
