import app.trackpay.it.Story

Story.in(basedir).live()
return true
