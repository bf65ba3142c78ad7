import app.trackpay.it.Story

Story.in(basedir)
    .verdict("apply", "pass")
    .verdict("health", "findings")
    .says("error[missing-index] index public.idx_trackpay_sessions_party_status", "3.8")
    .isReadable()
return true
