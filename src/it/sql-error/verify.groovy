import app.trackpay.it.Story

Story.in(basedir)
    .says("[7/10] 015_rls_helper.sql")
    .says("020_rls_policies.sql:", "column \"idd\" does not exist", "USING (idd =", "^", "Step 3.7 was rolled back")
    .errors("apply", "step-failed file 020_rls_policies.sql")
    .neverSays("[8/10]")
    .isReadable()
return true
