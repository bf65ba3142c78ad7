import app.trackpay.it.Story

Story.in(basedir)
    .saysTimes(2, "apply: pass")
    .saysTimes(2, "health: pass")
    .isReadable()
return true
