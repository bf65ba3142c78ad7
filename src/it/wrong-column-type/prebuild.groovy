import app.trackpay.it.Story

Story.in(basedir).reference().replace("trackpay_schema.sql", "session_ids uuid[]", "session_ids text[]")
return true
