import app.trackpay.it.Story

Story.in(basedir)
    .verdict("health", "findings")
    .says("error[financial-cascade-path] ", "auth.users", "trackpay_users", "trackpay_sessions")
    .isReadable()
return true
