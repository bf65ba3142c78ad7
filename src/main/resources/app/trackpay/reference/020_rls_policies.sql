-- Who may see and change what. This file is the whole answer: it takes away every policy and every grant that is there before it
-- gives its own, so what an exported schema or an earlier run left behind cannot open a door. Permissive policies are ORed: one
-- "true" too many and all the others are worth nothing.
--
-- Two locks on each table, and both have to open:
--   a grant  says which commands and columns a role may use at all
--   a policy says on which rows
-- anon gets neither: nothing in TrackPay is for people who are not logged in.
--
-- (SELECT current_trackpay_user_id()) and not the bare call: the parentheses make it run once a query and not once a row.

DO $$
DECLARE
    v_policy record;
BEGIN
    FOR v_policy IN
        SELECT schemaname, tablename, policyname
        FROM pg_catalog.pg_policies
        WHERE schemaname = 'public'
          AND tablename IN (
              'trackpay_users', 'trackpay_relationships', 'trackpay_sessions', 'trackpay_payments', 'trackpay_requests',
              'trackpay_activities', 'trackpay_invites', 'trackpay_relationship_audit')
    LOOP
        EXECUTE pg_catalog.format('DROP POLICY %I ON %I.%I', v_policy.policyname, v_policy.schemaname, v_policy.tablename);
    END LOOP;
END
$$;

ALTER TABLE public.trackpay_users ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_relationships ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_activities ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_invites ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.trackpay_relationship_audit ENABLE ROW LEVEL SECURITY;

-- Grants --------------------------------------------------------------------------------------------------------------------------

REVOKE ALL
    ON public.trackpay_users, public.trackpay_relationships, public.trackpay_sessions, public.trackpay_payments,
       public.trackpay_requests, public.trackpay_activities, public.trackpay_invites, public.trackpay_relationship_audit
    FROM PUBLIC, anon, authenticated, service_role;

GRANT SELECT
    ON public.trackpay_users, public.trackpay_relationships, public.trackpay_sessions, public.trackpay_payments,
       public.trackpay_requests, public.trackpay_activities, public.trackpay_invites, public.trackpay_relationship_audit
    TO authenticated;

-- The server's own role: rows, but neither TRUNCATE nor triggers.
GRANT SELECT, INSERT, UPDATE, DELETE
    ON public.trackpay_users, public.trackpay_relationships, public.trackpay_sessions, public.trackpay_payments,
       public.trackpay_requests, public.trackpay_activities, public.trackpay_invites, public.trackpay_relationship_audit
    TO service_role;

-- The role is chosen once, at registration. id is left out: whoever could choose it could take the place of somebody who is gone.
GRANT INSERT (auth_user_id, email, role, name, display_name, claimed_status, phone, hourly_rate)
    ON public.trackpay_users TO authenticated;
-- Neither role nor auth_user_id nor claimed_status: a policy cannot compare a row with what it was before, a column grant can.
-- It holds for INSERT ... ON CONFLICT DO UPDATE as well.
GRANT UPDATE (email, name, display_name, phone, hourly_rate, updated_at) ON public.trackpay_users TO authenticated;

-- No UPDATE of provider_id or client_id anywhere: work and money are not handed over to somebody else.
GRANT INSERT ON public.trackpay_relationships TO authenticated;
GRANT UPDATE (hourly_rate, updated_at) ON public.trackpay_relationships TO authenticated;

GRANT INSERT ON public.trackpay_sessions TO authenticated;
GRANT UPDATE (start_time, end_time, duration_minutes, hourly_rate, amount_due, status, notes, crew_size, person_hours, updated_at)
    ON public.trackpay_sessions TO authenticated;

GRANT INSERT ON public.trackpay_payments TO authenticated;
GRANT UPDATE (session_id, session_ids, amount, payment_method, payment_date, notes, updated_at)
    ON public.trackpay_payments TO authenticated;

GRANT INSERT ON public.trackpay_requests TO authenticated;
GRANT UPDATE (amount, status, responded_at, updated_at) ON public.trackpay_requests TO authenticated;

-- A feed is written and read, never rewritten.
GRANT INSERT ON public.trackpay_activities TO authenticated;

-- Neither status nor claimed_by nor claimed_at: only trackpay_claim_invite() says that an invite was claimed.
GRANT INSERT (provider_id, client_id, invite_code, client_name, client_email, hourly_rate, expires_at)
    ON public.trackpay_invites TO authenticated;

-- trackpay_users ------------------------------------------------------------------------------------------------------------------

-- The second half is for registration: INSERT ... RETURNING reads the new row back, and the helper cannot see it yet.
CREATE POLICY tp_users_select_self ON public.trackpay_users
    FOR SELECT TO authenticated
    USING (id = (SELECT public.current_trackpay_user_id()) OR auth_user_id = (SELECT auth.uid()));

CREATE POLICY tp_users_update_self ON public.trackpay_users
    FOR UPDATE TO authenticated
    USING (id = (SELECT public.current_trackpay_user_id()))
    WITH CHECK (id = (SELECT public.current_trackpay_user_id()));

-- Beyond the plan: without it nobody could register.
CREATE POLICY tp_users_insert_self ON public.trackpay_users
    FOR INSERT TO authenticated
    WITH CHECK (auth_user_id = (SELECT auth.uid()));

-- Beyond the plan: the client list shows names, and a client sees who the work is for.
-- It reads trackpay_relationships, whose own policies look into no table that leads back here.
CREATE POLICY tp_users_select_party ON public.trackpay_users
    FOR SELECT TO authenticated
    USING (
        id IN (
            SELECT r.client_id
            FROM public.trackpay_relationships AS r
            WHERE r.provider_id = (SELECT public.current_trackpay_user_id()))
        OR id IN (
            SELECT r.provider_id
            FROM public.trackpay_relationships AS r
            WHERE r.client_id = (SELECT public.current_trackpay_user_id()))
    );

-- trackpay_relationships ----------------------------------------------------------------------------------------------------------

CREATE POLICY tp_relationships_select_party ON public.trackpay_relationships
    FOR SELECT TO authenticated
    USING (
        provider_id = (SELECT public.current_trackpay_user_id())
        OR client_id = (SELECT public.current_trackpay_user_id())
    );

-- New clients come through trackpay_add_client(). By hand, a provider can only take back a client it had before; otherwise anybody
-- could make anybody a client and then read their name, e-mail address and phone.
CREATE POLICY tp_relationships_insert_provider ON public.trackpay_relationships
    FOR INSERT TO authenticated
    WITH CHECK (
        provider_id = (SELECT public.current_trackpay_user_id())
        AND client_id IN (
            SELECT a.client_id
            FROM public.trackpay_relationship_audit AS a
            WHERE a.provider_id = (SELECT public.current_trackpay_user_id()))
    );

CREATE POLICY tp_relationships_update_provider ON public.trackpay_relationships
    FOR UPDATE TO authenticated
    USING (provider_id = (SELECT public.current_trackpay_user_id()))
    WITH CHECK (provider_id = (SELECT public.current_trackpay_user_id()));

-- trackpay_sessions ---------------------------------------------------------------------------------------------------------------
-- Here and below, a new row needs a relationship: nobody sends work, payments or requests to somebody they do not know.

CREATE POLICY tp_sessions_select_party ON public.trackpay_sessions
    FOR SELECT TO authenticated
    USING (
        provider_id = (SELECT public.current_trackpay_user_id())
        OR client_id = (SELECT public.current_trackpay_user_id())
    );

CREATE POLICY tp_sessions_insert_provider ON public.trackpay_sessions
    FOR INSERT TO authenticated
    WITH CHECK (
        provider_id = (SELECT public.current_trackpay_user_id())
        AND client_id IN (
            SELECT r.client_id
            FROM public.trackpay_relationships AS r
            WHERE r.provider_id = (SELECT public.current_trackpay_user_id()))
    );

CREATE POLICY tp_sessions_update_provider ON public.trackpay_sessions
    FOR UPDATE TO authenticated
    USING (provider_id = (SELECT public.current_trackpay_user_id()))
    WITH CHECK (provider_id = (SELECT public.current_trackpay_user_id()));

-- trackpay_payments ---------------------------------------------------------------------------------------------------------------

CREATE POLICY tp_payments_select_party ON public.trackpay_payments
    FOR SELECT TO authenticated
    USING (
        provider_id = (SELECT public.current_trackpay_user_id())
        OR client_id = (SELECT public.current_trackpay_user_id())
    );

CREATE POLICY tp_payments_insert_provider ON public.trackpay_payments
    FOR INSERT TO authenticated
    WITH CHECK (
        provider_id = (SELECT public.current_trackpay_user_id())
        AND client_id IN (
            SELECT r.client_id
            FROM public.trackpay_relationships AS r
            WHERE r.provider_id = (SELECT public.current_trackpay_user_id()))
    );

CREATE POLICY tp_payments_update_provider ON public.trackpay_payments
    FOR UPDATE TO authenticated
    USING (provider_id = (SELECT public.current_trackpay_user_id()))
    WITH CHECK (provider_id = (SELECT public.current_trackpay_user_id()));

-- trackpay_requests ---------------------------------------------------------------------------------------------------------------

CREATE POLICY tp_requests_select_party ON public.trackpay_requests
    FOR SELECT TO authenticated
    USING (
        provider_id = (SELECT public.current_trackpay_user_id())
        OR client_id = (SELECT public.current_trackpay_user_id())
    );

CREATE POLICY tp_requests_insert_provider ON public.trackpay_requests
    FOR INSERT TO authenticated
    WITH CHECK (
        provider_id = (SELECT public.current_trackpay_user_id())
        AND client_id IN (
            SELECT r.client_id
            FROM public.trackpay_relationships AS r
            WHERE r.provider_id = (SELECT public.current_trackpay_user_id()))
    );

CREATE POLICY tp_requests_update_provider ON public.trackpay_requests
    FOR UPDATE TO authenticated
    USING (provider_id = (SELECT public.current_trackpay_user_id()))
    WITH CHECK (provider_id = (SELECT public.current_trackpay_user_id()));

-- trackpay_activities -------------------------------------------------------------------------------------------------------------

CREATE POLICY tp_activities_select_party ON public.trackpay_activities
    FOR SELECT TO authenticated
    USING (
        provider_id = (SELECT public.current_trackpay_user_id())
        OR client_id = (SELECT public.current_trackpay_user_id())
    );

-- Beyond the plan: without it the feed stays empty. Both parties write, in their own name and about their own relationships.
CREATE POLICY tp_activities_insert_party ON public.trackpay_activities
    FOR INSERT TO authenticated
    WITH CHECK (
        user_id = (SELECT public.current_trackpay_user_id())
        AND (
            provider_id = (SELECT public.current_trackpay_user_id())
            AND client_id IN (
                SELECT r.client_id
                FROM public.trackpay_relationships AS r
                WHERE r.provider_id = (SELECT public.current_trackpay_user_id()))
            OR client_id = (SELECT public.current_trackpay_user_id())
            AND provider_id IN (
                SELECT r.provider_id
                FROM public.trackpay_relationships AS r
                WHERE r.client_id = (SELECT public.current_trackpay_user_id()))
        )
    );

-- trackpay_invites ----------------------------------------------------------------------------------------------------------------

CREATE POLICY tp_invites_select_party ON public.trackpay_invites
    FOR SELECT TO authenticated
    USING (
        provider_id = (SELECT public.current_trackpay_user_id())
        OR client_id = (SELECT public.current_trackpay_user_id())
    );

CREATE POLICY tp_invites_insert_provider ON public.trackpay_invites
    FOR INSERT TO authenticated
    WITH CHECK (
        provider_id = (SELECT public.current_trackpay_user_id())
        AND client_id IN (
            SELECT r.client_id
            FROM public.trackpay_relationships AS r
            WHERE r.provider_id = (SELECT public.current_trackpay_user_id()))
    );

-- trackpay_relationship_audit -----------------------------------------------------------------------------------------------------
-- Read only: delete_client_relationship_safely() writes it.

CREATE POLICY tp_relationship_audit_select_provider ON public.trackpay_relationship_audit
    FOR SELECT TO authenticated
    USING (provider_id = (SELECT public.current_trackpay_user_id()));

-- Flows that no policy can allow --------------------------------------------------------------------------------------------------
-- They write rows that are not the caller's yet, so they are SECURITY DEFINER: they look at the caller first and touch nothing else.

-- Adds a client who has no login yet: the user, the relationship and the invite, all or nothing. Answers the client's id; the code
-- to hand over is in trackpay_invites.
CREATE OR REPLACE FUNCTION public.trackpay_add_client(
    p_name text,
    p_email text DEFAULT NULL,
    p_phone text DEFAULT NULL,
    p_hourly_rate numeric DEFAULT NULL
) RETURNS uuid
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $$
DECLARE
    v_auth_id uuid := auth.uid();
    v_provider uuid;
    v_rate numeric;
    v_client uuid;
BEGIN
    IF v_auth_id IS NULL THEN
        RAISE EXCEPTION 'Not authenticated' USING ERRCODE = 'P0001';
    END IF;

    SELECT u.id, coalesce(p_hourly_rate, u.hourly_rate) INTO v_provider, v_rate
    FROM public.trackpay_users AS u
    WHERE u.auth_user_id = v_auth_id AND u.role = 'provider';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Only a provider can add a client' USING ERRCODE = 'insufficient_privilege';
    END IF;

    INSERT INTO public.trackpay_users (role, claimed_status, name, email, phone)
    VALUES ('client', 'unclaimed', p_name, p_email, p_phone)
    RETURNING id INTO v_client;

    INSERT INTO public.trackpay_relationships (provider_id, client_id, hourly_rate)
    VALUES (v_provider, v_client, v_rate);

    INSERT INTO public.trackpay_invites (provider_id, client_id, client_name, client_email, hourly_rate)
    VALUES (v_provider, v_client, p_name, p_email, v_rate);

    RETURN v_client;
END
$$;

-- Makes the invited client the caller's own. Answers the caller's TrackPay id.
--   no TrackPay user yet    the client that the provider added becomes the caller
--   a client already        what the provider recorded so far moves to the caller, and the placeholder goes
-- A provider cannot claim: nobody's role changes here.
CREATE OR REPLACE FUNCTION public.trackpay_claim_invite(p_invite_code text) RETURNS uuid
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $$
DECLARE
    v_auth_id uuid := auth.uid();
    v_invite public.trackpay_invites;
    v_client public.trackpay_users;
    v_caller public.trackpay_users;
    v_me uuid;
BEGIN
    IF v_auth_id IS NULL THEN
        RAISE EXCEPTION 'Not authenticated' USING ERRCODE = 'P0001';
    END IF;

    SELECT * INTO v_caller FROM public.trackpay_users AS u WHERE u.auth_user_id = v_auth_id FOR UPDATE;
    IF v_caller.role = 'provider' THEN
        RAISE EXCEPTION 'A provider cannot claim an invite' USING ERRCODE = 'insufficient_privilege';
    END IF;

    -- The join also refuses an invite whose relationship is gone. One answer for every reason, so that guessing teaches nothing.
    SELECT i.* INTO v_invite
    FROM public.trackpay_invites AS i
    JOIN public.trackpay_relationships AS r ON r.provider_id = i.provider_id AND r.client_id = i.client_id
    WHERE i.invite_code = p_invite_code AND i.status = 'pending' AND i.expires_at > pg_catalog.now()
    FOR UPDATE;
    IF FOUND THEN
        SELECT * INTO v_client FROM public.trackpay_users AS u WHERE u.id = v_invite.client_id FOR UPDATE;
    END IF;
    IF v_client.id IS NULL OR (v_client.claimed_status = 'claimed' AND v_client.id IS DISTINCT FROM v_caller.id) THEN
        RAISE EXCEPTION 'This invite is not valid' USING ERRCODE = 'P0001';
    END IF;

    v_me := coalesce(v_caller.id, v_client.id);

    IF v_caller.id IS NULL THEN
        UPDATE public.trackpay_users AS u
        SET auth_user_id = v_auth_id, claimed_status = 'claimed'
        WHERE u.id = v_me;
    ELSIF v_client.id <> v_me THEN
        -- The two may know each other already: then the agreement that exists stays.
        DELETE FROM public.trackpay_relationships AS r
        WHERE r.provider_id = v_invite.provider_id AND r.client_id = v_client.id
          AND EXISTS (
              SELECT
              FROM public.trackpay_relationships AS known
              WHERE known.provider_id = v_invite.provider_id AND known.client_id = v_me);
        UPDATE public.trackpay_relationships AS t SET client_id = v_me WHERE t.client_id = v_client.id;
        UPDATE public.trackpay_sessions AS t SET client_id = v_me WHERE t.client_id = v_client.id;
        UPDATE public.trackpay_payments AS t SET client_id = v_me WHERE t.client_id = v_client.id;
        UPDATE public.trackpay_requests AS t SET client_id = v_me WHERE t.client_id = v_client.id;
        UPDATE public.trackpay_activities AS t SET client_id = v_me WHERE t.client_id = v_client.id;
        UPDATE public.trackpay_invites AS t SET client_id = v_me WHERE t.client_id = v_client.id;
        DELETE FROM public.trackpay_users AS u WHERE u.id = v_client.id;
    END IF;

    UPDATE public.trackpay_invites AS i
    SET status = 'claimed', claimed_by = v_me, claimed_at = pg_catalog.now()
    WHERE i.id = v_invite.id;

    RETURN v_me;
END
$$;

REVOKE ALL ON FUNCTION public.trackpay_add_client(text, text, text, numeric) FROM PUBLIC, anon, service_role;
GRANT EXECUTE ON FUNCTION public.trackpay_add_client(text, text, text, numeric) TO authenticated;
REVOKE ALL ON FUNCTION public.trackpay_claim_invite(text) FROM PUBLIC, anon, service_role;
GRANT EXECUTE ON FUNCTION public.trackpay_claim_invite(text) TO authenticated;
