import app.trackpay.it.Story

Story.in(basedir)
    .verdict("apply", "pass")
    .errors("health", "missing-publication-table table public.trackpay_payments in publication supabase_realtime")
    .says("error[missing-publication-table]", "3.5", "ALTER PUBLICATION supabase_realtime ADD TABLE public.trackpay_payments")
    .isReadable()
return true
