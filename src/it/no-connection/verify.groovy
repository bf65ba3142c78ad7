import app.trackpay.it.Story

Story.in(basedir)
    .says("127.0.0.1:1/postgres", "could-not-run", "password")
    .verdict("health", "could-not-run")
    .neverSays("a-secret-nobody-sees")
    .isReadable()
return true
