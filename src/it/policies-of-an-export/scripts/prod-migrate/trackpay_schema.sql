--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET client_min_messages = warning;
SET row_security = off;

-- An export by table leaves this one out; somebody put it back by hand.
CREATE FUNCTION public.trackpay_touch() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
BEGIN
    NEW.updated_at := pg_catalog.now();
    RETURN NEW;
END
$$;

CREATE TABLE public.trackpay_users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    auth_user_id uuid,
    email text,
    role text NOT NULL,
    name text,
    display_name text,
    claimed_status text DEFAULT 'claimed'::text,
    phone text,
    hourly_rate numeric(10,2),
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT trackpay_users_claimed_status_check CHECK ((claimed_status = ANY (ARRAY['claimed'::text, 'unclaimed'::text]))),
    CONSTRAINT trackpay_users_role_check CHECK ((role = ANY (ARRAY['provider'::text, 'client'::text])))
);

CREATE TABLE public.trackpay_relationships (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    provider_id uuid NOT NULL,
    client_id uuid NOT NULL,
    hourly_rate numeric(10,2),
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now()
);

CREATE TABLE public.trackpay_sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    provider_id uuid NOT NULL,
    client_id uuid NOT NULL,
    start_time timestamp with time zone NOT NULL,
    end_time timestamp with time zone,
    duration_minutes integer,
    hourly_rate numeric(10,2),
    amount_due numeric(10,2),
    status text DEFAULT 'active'::text,
    notes text,
    crew_size integer DEFAULT 1,
    person_hours numeric(10,2),
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT trackpay_sessions_status_check CHECK ((status = ANY (ARRAY['active'::text, 'unpaid'::text, 'requested'::text, 'paid'::text])))
);

CREATE TABLE public.trackpay_payments (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    provider_id uuid NOT NULL,
    client_id uuid NOT NULL,
    session_id uuid,
    session_ids uuid[],
    amount numeric(10,2) NOT NULL,
    payment_method text,
    payment_date timestamp with time zone DEFAULT now(),
    notes text,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now()
);

CREATE TABLE public.trackpay_requests (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    provider_id uuid NOT NULL,
    client_id uuid NOT NULL,
    session_id uuid,
    amount numeric(10,2) NOT NULL,
    status text DEFAULT 'pending'::text,
    requested_at timestamp with time zone DEFAULT now(),
    responded_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT trackpay_requests_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'paid'::text])))
);

CREATE TABLE public.trackpay_activities (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    provider_id uuid,
    client_id uuid,
    session_id uuid,
    activity_type text NOT NULL,
    description text,
    metadata jsonb,
    created_at timestamp with time zone DEFAULT now()
);

CREATE TABLE public.trackpay_invites (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    provider_id uuid NOT NULL,
    client_id uuid,
    invite_code text NOT NULL,
    client_name text,
    client_email text,
    hourly_rate numeric(10,2),
    status text DEFAULT 'pending'::text,
    claimed_by uuid,
    claimed_at timestamp with time zone,
    expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT trackpay_invites_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'claimed'::text, 'expired'::text])))
);

CREATE TABLE public.trackpay_relationship_audit (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    provider_id uuid NOT NULL,
    client_id uuid NOT NULL,
    action text NOT NULL,
    reason text,
    metadata jsonb,
    created_at timestamp with time zone DEFAULT now()
);

-- A view looks at its tables with the rights of its owner, whom no policy binds.
CREATE VIEW public.trackpay_balances AS
 SELECT provider_id,
    client_id,
    sum(amount) AS paid
   FROM public.trackpay_payments
  GROUP BY provider_id, client_id;

ALTER TABLE ONLY public.trackpay_activities ADD CONSTRAINT trackpay_activities_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.trackpay_invites ADD CONSTRAINT trackpay_invites_invite_code_key UNIQUE (invite_code);
ALTER TABLE ONLY public.trackpay_invites ADD CONSTRAINT trackpay_invites_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.trackpay_payments ADD CONSTRAINT trackpay_payments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.trackpay_relationship_audit ADD CONSTRAINT trackpay_relationship_audit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.trackpay_relationships ADD CONSTRAINT trackpay_relationships_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.trackpay_relationships ADD CONSTRAINT trackpay_relationships_provider_id_client_id_key UNIQUE (provider_id, client_id);
ALTER TABLE ONLY public.trackpay_requests ADD CONSTRAINT trackpay_requests_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.trackpay_sessions ADD CONSTRAINT trackpay_sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.trackpay_users ADD CONSTRAINT trackpay_users_pkey PRIMARY KEY (id);

CREATE TRIGGER touch BEFORE UPDATE ON public.trackpay_payments FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch();
CREATE TRIGGER touch BEFORE UPDATE ON public.trackpay_sessions FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch();
CREATE TRIGGER touch BEFORE UPDATE ON public.trackpay_users FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch();

ALTER TABLE ONLY public.trackpay_users
    ADD CONSTRAINT trackpay_users_auth_user_id_fkey FOREIGN KEY (auth_user_id) REFERENCES auth.users(id) ON DELETE RESTRICT;
ALTER TABLE ONLY public.trackpay_payments
    ADD CONSTRAINT trackpay_payments_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.trackpay_sessions(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.trackpay_activities
    ADD CONSTRAINT trackpay_activities_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.trackpay_users(id) ON DELETE RESTRICT;
ALTER TABLE ONLY public.trackpay_invites
    ADD CONSTRAINT trackpay_invites_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.trackpay_users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.trackpay_invites
    ADD CONSTRAINT trackpay_invites_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.trackpay_users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.trackpay_invites
    ADD CONSTRAINT trackpay_invites_claimed_by_fkey FOREIGN KEY (claimed_by) REFERENCES public.trackpay_users(id) ON DELETE SET NULL;

-- From the first weeks of the app: no role is named, and nothing is asked.
CREATE POLICY "Profiles are visible" ON public.trackpay_users FOR SELECT USING (true);
CREATE POLICY "Everybody sees who works for whom" ON public.trackpay_relationships FOR SELECT USING (true);
CREATE POLICY "Allow all" ON public.trackpay_sessions USING (true);
CREATE POLICY "Allow all" ON public.trackpay_payments USING (true);
CREATE POLICY "Read requests" ON public.trackpay_requests FOR SELECT USING (true);
CREATE POLICY "Read activities" ON public.trackpay_activities FOR SELECT USING (true);

-- Asks something that every row has an answer to.
CREATE POLICY "Invites by code" ON public.trackpay_invites FOR SELECT USING (invite_code <> '');
CREATE POLICY "Audit by action" ON public.trackpay_relationship_audit FOR SELECT USING (action <> '');

-- provider_id and client_id are no logins.
CREATE POLICY "Providers record payments" ON public.trackpay_payments FOR INSERT TO authenticated
    WITH CHECK (provider_id = auth.uid());
CREATE POLICY "Clients see their requests" ON public.trackpay_requests FOR SELECT TO authenticated
    USING (client_id = (SELECT auth.uid()));

-- These look alike and are right.
CREATE POLICY "Users register" ON public.trackpay_users FOR INSERT TO authenticated
    WITH CHECK (auth.uid() = auth_user_id);
CREATE POLICY "Users change themselves" ON public.trackpay_users FOR UPDATE TO authenticated
    USING ((SELECT auth.uid()) = auth_user_id);
CREATE POLICY "Providers add sessions" ON public.trackpay_sessions FOR INSERT TO authenticated
    WITH CHECK (EXISTS (
        SELECT 1 FROM public.trackpay_users
        WHERE id = trackpay_sessions.provider_id AND auth_user_id = auth.uid()));
CREATE POLICY "Providers add clients" ON public.trackpay_relationships FOR INSERT TO authenticated
    WITH CHECK (provider_id IN (SELECT id FROM public.trackpay_users WHERE auth_user_id = auth.uid()));
CREATE POLICY "Providers change requests" ON public.trackpay_requests FOR UPDATE TO authenticated
    USING (EXISTS (
        SELECT 1 FROM public.trackpay_users AS u
        WHERE u.id = trackpay_requests.provider_id AND u.auth_user_id = (SELECT auth.uid())));
CREATE POLICY "Providers invite" ON public.trackpay_invites FOR INSERT TO authenticated
    WITH CHECK (EXISTS (
        SELECT 1 FROM public.trackpay_users AS u
        WHERE u.auth_user_id = auth.uid() AND u.id = trackpay_invites.provider_id));

ALTER TABLE public.trackpay_activities ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_invites ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_relationship_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_relationships ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_users ENABLE ROW LEVEL SECURITY;

--
-- PostgreSQL database dump complete
--
