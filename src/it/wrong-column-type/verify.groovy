import app.trackpay.it.Story

Story.in(basedir)
    .errors("apply", "step-incomplete column public.trackpay_payments.session_ids")
    .says("[1/10] 000_extensions.sql",
          "error[step-incomplete] column public.trackpay_payments.session_ids", "step 3.1 (trackpay_schema.sql)", "text[]", "uuid[]",
          "Step 3.1 was rolled back", "at:  trackpay_schema.sql:")
    .neverSays("[2/10]")
    .isReadable()
return true
