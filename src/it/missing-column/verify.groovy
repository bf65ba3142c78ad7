import app.trackpay.it.Story

Story.in(basedir)
    .verdict("apply", "pass")
    .errors("health", "missing-column column public.trackpay_payments.session_ids")
    .says("error[missing-column] column public.trackpay_payments.session_ids", "3.1", "at:  trackpay_schema.sql",
          "health: findings (1 error, ", "REHEARSAL: the plan was tried")
    .isReadable()
return true
