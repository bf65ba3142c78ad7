import app.trackpay.it.Story

Story.in(basedir).reference()
    .replace("20251015_fix_session_fk_cascades.sql", "ON DELETE RESTRICT", "ON DELETE CASCADE")
return true
