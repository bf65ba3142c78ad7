import app.trackpay.it.Story

Story.in(basedir)
    .verdict("apply", "could-not-run")
    .says("trackpay.yaml:16:5: unknown key \"provide\"; did you mean \"provides\"?",
          "\"on-delete\" cannot be \"cascades\"; did you mean \"cascade\"?", "3 mistakes in")
    .neverSays("[1/10]")
    .isReadable()
return true
