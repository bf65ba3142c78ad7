import app.trackpay.it.Story

// the very same plan
Story.in(basedir).copyOf("hand-written-schema")
return true
