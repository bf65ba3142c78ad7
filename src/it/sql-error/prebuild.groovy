import app.trackpay.it.Story

Story.in(basedir).reference()
    .replace("020_rls_policies.sql", "CREATE POLICY tp_users_update_self ON public.trackpay_users\n    FOR UPDATE TO",
             "CREATE POLICY tp_users_update_self ON public.trackpay_users\n    FOR UPDAT TO")
return true
