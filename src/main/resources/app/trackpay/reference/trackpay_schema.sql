-- The eight tables. Made closed: row level security is on from the first moment, and 020_rls_policies.sql opens what the app needs.
-- IF NOT EXISTS and OR REPLACE everywhere: a second run finds its work done and leaves alone what later files changed.

-- Projects of the older kind open whatever is new in public to everybody who has the app's public key. Not here.
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM anon, authenticated, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON FUNCTIONS FROM anon, authenticated, service_role;

-- Tables --------------------------------------------------------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS public.trackpay_users (
    -- The app's own id. Every other table refers to this one, never to auth.users.
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- The login. NULL for a client whom a provider added and who has not claimed the invite yet.
    -- RESTRICT: deleting a login must not take a person's work and payments along. To close an account, set this to NULL first.
    auth_user_id uuid REFERENCES auth.users (id) ON DELETE RESTRICT,
    email text,
    role text NOT NULL CHECK (role IN ('provider', 'client')),
    name text NOT NULL,
    display_name text,
    claimed_status text NOT NULL DEFAULT 'claimed' CHECK (claimed_status IN ('claimed', 'unclaimed')),
    phone text,
    hourly_rate numeric(10, 2) CHECK (hourly_rate >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT trackpay_users_unclaimed_has_no_login CHECK (claimed_status = 'claimed' OR auth_user_id IS NULL)
);

CREATE TABLE IF NOT EXISTS public.trackpay_relationships (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    client_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    hourly_rate numeric(10, 2) CHECK (hourly_rate >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider_id, client_id),
    CONSTRAINT trackpay_relationships_two_people CHECK (provider_id <> client_id)
);

CREATE TABLE IF NOT EXISTS public.trackpay_sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    client_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    start_time timestamptz NOT NULL DEFAULT now(),
    end_time timestamptz,
    duration_minutes integer,
    hourly_rate numeric(10, 2) NOT NULL CHECK (hourly_rate >= 0),
    amount_due numeric(10, 2),
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'unpaid', 'requested', 'paid')),
    notes text,
    crew_size integer NOT NULL DEFAULT 1 CHECK (crew_size >= 1),
    person_hours numeric(10, 2),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT trackpay_sessions_ends_after_start CHECK (end_time >= start_time),
    CONSTRAINT trackpay_sessions_active_has_no_end CHECK ((status = 'active') = (end_time IS NULL))
);

CREATE TABLE IF NOT EXISTS public.trackpay_payments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    client_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    session_id uuid REFERENCES public.trackpay_sessions (id),
    -- One payment may settle several sessions.
    session_ids uuid[] NOT NULL DEFAULT '{}',
    amount numeric(10, 2) NOT NULL CHECK (amount > 0),
    payment_method text,
    payment_date timestamptz NOT NULL DEFAULT now(),
    notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.trackpay_requests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    client_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    session_id uuid REFERENCES public.trackpay_sessions (id),
    amount numeric(10, 2) NOT NULL CHECK (amount > 0),
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'rejected', 'paid')),
    requested_at timestamptz NOT NULL DEFAULT now(),
    responded_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.trackpay_activities (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- Who did it: one of the two parties. RESTRICT: a feed that forgets its author is no audit trail.
    user_id uuid NOT NULL REFERENCES public.trackpay_users (id) ON DELETE RESTRICT,
    provider_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    client_id uuid NOT NULL REFERENCES public.trackpay_users (id),
    session_id uuid REFERENCES public.trackpay_sessions (id),
    activity_type text NOT NULL,
    description text,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.trackpay_invites (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- CASCADE on purpose, both: an invite is an offer, not a record. It goes with whoever made it or was meant by it.
    provider_id uuid NOT NULL REFERENCES public.trackpay_users (id) ON DELETE CASCADE,
    client_id uuid NOT NULL REFERENCES public.trackpay_users (id) ON DELETE CASCADE,
    -- Whoever knows the code may claim the client, so it is not a number that can be guessed: 48 random bits.
    invite_code text NOT NULL UNIQUE DEFAULT upper(left(replace(gen_random_uuid()::text, '-', ''), 12)),
    client_name text,
    client_email text,
    hourly_rate numeric(10, 2) CHECK (hourly_rate >= 0),
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'claimed', 'expired')),
    claimed_by uuid REFERENCES public.trackpay_users (id) ON DELETE SET NULL,
    claimed_at timestamptz,
    expires_at timestamptz NOT NULL DEFAULT now() + interval '30 days',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS public.trackpay_relationship_audit (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- No foreign keys: the audit outlives the rows it tells of.
    provider_id uuid NOT NULL,
    client_id uuid NOT NULL,
    action text NOT NULL,
    reason text,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE public.trackpay_users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_relationships ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_activities ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_invites ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_relationship_audit ENABLE ROW LEVEL SECURITY;

-- Triggers ------------------------------------------------------------------------------------------------------------------------

CREATE OR REPLACE FUNCTION public.trackpay_touch() RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $$
BEGIN
    NEW.updated_at := pg_catalog.now();
    RETURN NEW;
END
$$;

-- What a session costs is worked out here and nowhere else, so that no two screens of the app disagree about money.
CREATE OR REPLACE FUNCTION public.trackpay_session_amount() RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $$
DECLARE
    v_agreed_rate numeric;
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- The lock makes a deletion of the relationship wait until this session is there to block it. The other way round, this
        -- waits for the deletion, and the policy would still see the relationship that is gone: hence the second look. It is for the
        -- app's users; a restore may bring the sessions of a former client.
        SELECT r.hourly_rate INTO v_agreed_rate
        FROM public.trackpay_relationships AS r
        WHERE r.provider_id = NEW.provider_id AND r.client_id = NEW.client_id
        FOR KEY SHARE;
        IF NOT FOUND AND pg_catalog.row_security_active('public.trackpay_sessions') THEN
            RAISE EXCEPTION 'This is not one of your clients' USING ERRCODE = 'insufficient_privilege';
        END IF;
        NEW.hourly_rate := coalesce(NEW.hourly_rate, v_agreed_rate, 0);
    END IF;

    IF NEW.end_time IS NULL THEN
        NEW.duration_minutes := NULL;
        NEW.person_hours := NULL;
        NEW.amount_due := NULL;
    ELSE
        IF NEW.status = 'active' THEN
            NEW.status := 'unpaid';
        END IF;
        NEW.duration_minutes := round(extract(epoch FROM NEW.end_time - NEW.start_time) / 60);
        NEW.person_hours := round(NEW.crew_size * NEW.duration_minutes / 60.0, 2);
        -- From the minutes, not from the rounded hours: 20 minutes at 30.00 are 10.00.
        NEW.amount_due := round(NEW.crew_size * NEW.duration_minutes * NEW.hourly_rate / 60, 2);
    END IF;
    RETURN NEW;
END
$$;

-- Nobody calls a trigger function; PostgreSQL would let everybody.
REVOKE ALL ON FUNCTION public.trackpay_touch() FROM PUBLIC, anon, authenticated, service_role;
REVOKE ALL ON FUNCTION public.trackpay_session_amount() FROM PUBLIC, anon, authenticated, service_role;

CREATE OR REPLACE TRIGGER trackpay_users_touch
    BEFORE UPDATE ON public.trackpay_users FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch();
CREATE OR REPLACE TRIGGER trackpay_relationships_touch
    BEFORE UPDATE ON public.trackpay_relationships FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch();
CREATE OR REPLACE TRIGGER trackpay_sessions_touch
    BEFORE UPDATE ON public.trackpay_sessions FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch();
CREATE OR REPLACE TRIGGER trackpay_payments_touch
    BEFORE UPDATE ON public.trackpay_payments FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch();
CREATE OR REPLACE TRIGGER trackpay_requests_touch
    BEFORE UPDATE ON public.trackpay_requests FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch();
CREATE OR REPLACE TRIGGER trackpay_invites_touch
    BEFORE UPDATE ON public.trackpay_invites FOR EACH ROW EXECUTE FUNCTION public.trackpay_touch();
CREATE OR REPLACE TRIGGER trackpay_sessions_amount
    BEFORE INSERT OR UPDATE OF start_time, end_time, duration_minutes, hourly_rate, amount_due, crew_size, person_hours
    ON public.trackpay_sessions FOR EACH ROW EXECUTE FUNCTION public.trackpay_session_amount();
