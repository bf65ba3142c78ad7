import app.trackpay.it.Story

Story.in(basedir)
    .says("LIVE: connecting to 127.0.0.1", "as postgres (password from server prod of settings.xml)", "status: pass",
          "The password of server stale in settings.xml cannot be decrypted", "settings-security.xml", "status: could-not-run")
    .isReadable()
return true
