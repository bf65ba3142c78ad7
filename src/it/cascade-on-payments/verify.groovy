import app.trackpay.it.Story

Story.in(basedir)
    .says("error[financial-cascade] ", "trackpay_payments", "3.3", "at:  20251015_fix_session_fk_cascades.sql:", "ON DELETE RESTRICT")
    .verdict("health", "findings")
    .isReadable()
return true
