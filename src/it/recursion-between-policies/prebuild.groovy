import app.trackpay.it.Story

Story.in(basedir).reference()
    .append("020_rls_policies.sql", '''
-- Found by the login and not by the helper: the table of users is asked, whose own policy asks this table.
ALTER POLICY tp_relationships_select_party ON public.trackpay_relationships USING (
    EXISTS (
        SELECT 1 FROM public.trackpay_users AS u
        WHERE u.id IN (provider_id, client_id) AND u.auth_user_id = (SELECT auth.uid())));
''')
return true
