CREATE UNIQUE INDEX IF NOT EXISTS ux_trackpay_users_auth_user ON trackpay_users (auth_user_id);

CREATE OR REPLACE FUNCTION current_trackpay_user_id() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
AS $$ SELECT id FROM trackpay_users WHERE auth_user_id = auth.uid() $$;

REVOKE EXECUTE ON FUNCTION current_trackpay_user_id() FROM PUBLIC, anon;
GRANT EXECUTE ON FUNCTION current_trackpay_user_id() TO authenticated;
