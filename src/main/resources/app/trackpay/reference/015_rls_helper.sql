-- The bridge between the two ids of a person: auth.uid() is the login, every foreign key holds trackpay_users.id.

-- One login, one user: without it the helper could answer with somebody else's row.
CREATE UNIQUE INDEX IF NOT EXISTS ux_trackpay_users_auth_user ON public.trackpay_users (auth_user_id);

-- NULL for who is not logged in or has not registered: then no policy matches.
-- SECURITY DEFINER: it reads a table whose own policies call it, which would never end otherwise.
-- STABLE and not IMMUTABLE: the answer changes with the session, and a cached one would be another user's.
-- Empty search_path: nobody can put another trackpay_users in front of this one.
CREATE OR REPLACE FUNCTION public.current_trackpay_user_id() RETURNS uuid
LANGUAGE sql
STABLE
SECURITY DEFINER
SET search_path = ''
AS $$
    SELECT u.id FROM public.trackpay_users AS u WHERE u.auth_user_id = (SELECT auth.uid())
$$;

REVOKE ALL ON FUNCTION public.current_trackpay_user_id() FROM PUBLIC, anon, service_role;
GRANT EXECUTE ON FUNCTION public.current_trackpay_user_id() TO authenticated;
