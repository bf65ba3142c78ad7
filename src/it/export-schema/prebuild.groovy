import app.trackpay.it.Story

Story.in(basedir).reference().staging(15, '''
CREATE FUNCTION public.touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN NEW.updated_at := pg_catalog.now(); RETURN NEW; END';
CREATE TRIGGER touch_users BEFORE UPDATE ON public.trackpay_users FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE POLICY "Everybody can see payments" ON public.trackpay_payments USING (true);
CREATE POLICY "Everybody can see sessions" ON public.trackpay_sessions USING (true);
''').delete("trackpay_schema.sql")
return true
