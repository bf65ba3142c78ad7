import app.trackpay.it.Story

Story.in(basedir).reference().liveWithPlanThen("SELECT 1")
return true
