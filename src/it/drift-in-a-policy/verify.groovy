import app.trackpay.it.Story

def story = Story.in(basedir)
    .says("LIVE: connecting to 127.0.0.1",
          "error[drift-changed] policy public.trackpay_payments.tp_payments_select_party",
          "access widened: the server differs from the manifest in roles, using (- manifest, + server)",
          "- authenticated", "+ PUBLIC", "+ true",
          "fix: step 3.7 (020_rls_policies.sql) makes it", "at:  020_rls_policies.sql",
          "sql: ALTER POLICY tp_payments_select_party ON public.trackpay_payments TO authenticated USING (",
          "check-manifest: findings (1 error", "LIVE: this was")
    .neverSays("REHEARSAL")
    .errors("check-manifest", "drift-changed policy public.trackpay_payments.tp_payments_select_party")
    .isReadable()
def rows = story.report("check-manifest").path("differences")
assert rows.size() == 2
assert rows[1].path("attribute").asText() == "using"
assert rows[1].path("access").asText() == "widened"
assert rows[1].path("server").asText() == "true"
return true
