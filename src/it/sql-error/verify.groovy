import app.trackpay.it.Story

Story.in(basedir)
    .says("[7/10] 015_rls_helper.sql")
    .says("error[step-failed] file 020_rls_policies.sql", "020_rls_policies.sql:93:9: syntax error at or near \"UPDAT\" (42601)",
          "FOR UPDAT TO authenticated", "  ^", "Step 3.7 was rolled back")
    .errors("apply", "step-failed file 020_rls_policies.sql")
    .neverSays("[8/10]")
    .isReadable()
return true
