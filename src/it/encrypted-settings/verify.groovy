import app.trackpay.it.Story

Story.in(basedir)
    .says("LIVE: connecting to 127.0.0.1", "as postgres (password from server prod of settings.xml)", "status: pass",
          "status: could-not-run")
    .says("The password of server stale in settings.xml cannot be decrypted", "settings-security.xml")
    .isReadable()
return true
