-- What happens to the rows that name a session when somebody deletes it.

-- Money was received for it: the session stays.
ALTER TABLE public.trackpay_payments
    DROP CONSTRAINT IF EXISTS trackpay_payments_session_id_fkey,
    ADD CONSTRAINT trackpay_payments_session_id_fkey
        FOREIGN KEY (session_id) REFERENCES public.trackpay_sessions (id) ON DELETE RESTRICT;

-- Requests and activities tell what happened; they stay and only lose the link.
ALTER TABLE public.trackpay_requests
    DROP CONSTRAINT IF EXISTS trackpay_requests_session_id_fkey,
    ADD CONSTRAINT trackpay_requests_session_id_fkey
        FOREIGN KEY (session_id) REFERENCES public.trackpay_sessions (id) ON DELETE SET NULL;

ALTER TABLE public.trackpay_activities
    DROP CONSTRAINT IF EXISTS trackpay_activities_session_id_fkey,
    ADD CONSTRAINT trackpay_activities_session_id_fkey
        FOREIGN KEY (session_id) REFERENCES public.trackpay_sessions (id) ON DELETE SET NULL;
