import app.trackpay.it.Story

Story.in(basedir)
    .verdict("apply", "findings")
    .says("[8/10] 020_rls_policies.sql",
          "error[step-incomplete] index public.idx_trackpay_sessions_party_status", "step 3.8 (030_indexes.sql)",
          "Step 3.8 was rolled back", "at:  030_indexes.sql")
    .neverSays("[9/10]")
    .isReadable()
return true
