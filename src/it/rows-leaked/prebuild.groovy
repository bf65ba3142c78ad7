import app.trackpay.it.Story

Story.in(basedir).reference()
    .append("030_indexes.sql", '''
-- Somebody was looking for a fault and forgot this.
GRANT SELECT ON public.trackpay_payments TO anon;
CREATE POLICY debug_payments ON public.trackpay_payments FOR SELECT TO anon USING (true);
''')
return true
