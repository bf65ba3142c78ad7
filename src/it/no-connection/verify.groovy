import app.trackpay.it.Story

Story.in(basedir)
    .says("No connection to 127.0.0.1:1/postgres: nothing listens there", "the server refused the password of postgres (password from PGPASSWORD)")
    .verdict("health", "could-not-run")
    .neverSays("a-secret-nobody-sees")
return true
