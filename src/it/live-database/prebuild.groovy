import app.trackpay.it.Story

Story.in(basedir).reference().live()
return true
