import app.trackpay.it.Story

Story.in(basedir)
    .errors("apply", "missing-file file 015_rls_helper.sql", "unlisted-file file 015_rls_helper (copy).sql")
    .says("error[missing-file] file 015_rls_helper.sql", "3.6")
    .neverSays("[1/10]")
    .isReadable()
return true
