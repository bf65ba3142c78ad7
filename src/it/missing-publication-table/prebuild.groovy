import app.trackpay.it.Story

Story.in(basedir).reference().replace("010_realtime.sql", "        'trackpay_payments',\n", "")
return true
