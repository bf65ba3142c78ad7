import app.trackpay.it.Story

Story.in(basedir).reference().liveWithoutPassword()
return true
