import app.trackpay.it.Story

Story.in(basedir)
    .reference()
    .liveWithPlanThen("ALTER POLICY tp_payments_select_party ON public.trackpay_payments TO PUBLIC USING (true)")
return true
