import app.trackpay.it.Story

Story.in(basedir).reference()
    .write("050_dashboard.sql", '''
-- The new dashboard saw no rows, and one insert failed.
ALTER TABLE public.trackpay_users DISABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_activities DISABLE ROW LEVEL SECURITY;
ALTER POLICY tp_requests_insert_provider ON public.trackpay_requests WITH CHECK (true);
''')
    .replace("trackpay.yaml", "\nfinancial:", '''
  - id: "5"
    file: 050_dashboard.sql
    purpose: Let the new dashboard read

financial:''')
return true
