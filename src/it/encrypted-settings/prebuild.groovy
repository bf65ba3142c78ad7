import app.trackpay.it.Story

Story.in(basedir).reference().liveWithPasswordInSettings()
return true
