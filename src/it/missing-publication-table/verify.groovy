import app.trackpay.it.Story

Story.in(basedir)
    .errors("health", "missing-publication-table publication supabase_realtime of public.trackpay_payments")
    .says("error[missing-publication-table]", "3.5", "ALTER PUBLICATION supabase_realtime ADD TABLE public.trackpay_payments")
    .isReadable()
return true
