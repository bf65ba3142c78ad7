import app.trackpay.it.Story

Story.in(basedir).reference()
return true
