import app.trackpay.it.Story

Story.in(basedir)
    .verdict("apply", "pass")
    .errors("health", "column-type column public.trackpay_payments.session_ids")
    .says("error[column-type] ", "text[]", "uuid[]", "3.1", "at:  trackpay_schema.sql:")
    .isReadable()
return true
