import app.trackpay.it.Story

Story.in(basedir).reference().scratchServer()
return true
