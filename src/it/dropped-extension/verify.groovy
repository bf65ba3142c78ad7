import app.trackpay.it.Story

Story.in(basedir)
    .verdict("apply", "pass")
    .errors("health", "missing-extension extension pgcrypto")
    .says("error[missing-extension] extension pgcrypto", "3.0", "at:  000_extensions.sql")
    .isReadable()
return true
