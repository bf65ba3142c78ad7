import app.trackpay.it.Story

Story.in(basedir)
    .verdict("apply", "could-not-run")
    .says("trackpay.yaml:16:5", "provide", "provides", "cascades")
    .neverSays("[1/10]")
    .isReadable()
return true
