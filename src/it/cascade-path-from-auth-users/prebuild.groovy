import app.trackpay.it.Story

// deleting a login deletes the user, and the user's sessions with it
Story.in(basedir).reference()
    .replace("trackpay_schema.sql", "auth_user_id uuid REFERENCES auth.users (id) ON DELETE RESTRICT",
             "auth_user_id uuid REFERENCES auth.users (id) ON DELETE CASCADE")
    .append("030_indexes.sql", """
ALTER TABLE public.trackpay_sessions
    DROP CONSTRAINT trackpay_sessions_provider_id_fkey,
    ADD CONSTRAINT trackpay_sessions_provider_id_fkey
        FOREIGN KEY (provider_id) REFERENCES public.trackpay_users (id) ON DELETE CASCADE,
    DROP CONSTRAINT trackpay_sessions_client_id_fkey,
    ADD CONSTRAINT trackpay_sessions_client_id_fkey
        FOREIGN KEY (client_id) REFERENCES public.trackpay_users (id) ON DELETE CASCADE;
""")
return true
