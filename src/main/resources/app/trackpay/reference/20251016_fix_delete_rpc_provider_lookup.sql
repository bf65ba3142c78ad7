-- The only way to end a relationship.
--   true   it is gone, and an audit row says so
--   false  refused: active or unpaid work exists, and an audit row says what. It is an answer and not an error, because an error
--          would roll back the audit row as well.
--   error  P0001 "Not authenticated"; 42501 for somebody who is no provider; P0002 for a client that is not the caller's
-- SECURITY DEFINER: nobody but this function may delete relationships or write the audit. It looks at the caller first, and every
-- statement is bound to the caller's own id.
CREATE OR REPLACE FUNCTION public.delete_client_relationship_safely(p_client_id uuid) RETURNS boolean
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = ''
AS $$
DECLARE
    v_auth_id uuid := auth.uid();
    v_provider uuid;
    v_sessions integer;
    v_requests integer;
    v_refused boolean;
BEGIN
    IF v_auth_id IS NULL THEN
        RAISE EXCEPTION 'Not authenticated' USING ERRCODE = 'P0001';
    END IF;

    -- auth.uid() is the id of the login; the tables hold the id of the TrackPay user.
    SELECT u.id INTO v_provider
    FROM public.trackpay_users AS u
    WHERE u.auth_user_id = v_auth_id AND u.role = 'provider';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Only a provider can delete a client' USING ERRCODE = 'insufficient_privilege';
    END IF;

    -- Locked: a session that is being started is either counted below or refused by its trigger.
    PERFORM 1
    FROM public.trackpay_relationships AS r
    WHERE r.provider_id = v_provider AND r.client_id = p_client_id
    FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This is not one of your clients' USING ERRCODE = 'no_data_found';
    END IF;

    SELECT count(*) INTO v_sessions
    FROM public.trackpay_sessions AS s
    WHERE s.provider_id = v_provider AND s.client_id = p_client_id AND s.status <> 'paid';

    SELECT count(*) INTO v_requests
    FROM public.trackpay_requests AS q
    WHERE q.provider_id = v_provider AND q.client_id = p_client_id AND q.status IN ('pending', 'approved');

    v_refused := v_sessions > 0 OR v_requests > 0;

    INSERT INTO public.trackpay_relationship_audit (provider_id, client_id, action, reason, metadata)
    VALUES (
        v_provider,
        p_client_id,
        CASE WHEN v_refused THEN 'delete_refused' ELSE 'deleted' END,
        CASE WHEN v_refused THEN 'Cannot delete. Active or unpaid sessions exist' ELSE 'Deleted by the provider' END,
        pg_catalog.jsonb_build_object('open_sessions', v_sessions, 'open_requests', v_requests)
    );

    IF v_refused THEN
        RETURN false;
    END IF;

    -- The code of an open invite must not bring the relationship back.
    UPDATE public.trackpay_invites AS i
    SET status = 'expired'
    WHERE i.provider_id = v_provider AND i.client_id = p_client_id AND i.status = 'pending';

    DELETE FROM public.trackpay_relationships AS r
    WHERE r.provider_id = v_provider AND r.client_id = p_client_id;
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION public.delete_client_relationship_safely(uuid) FROM PUBLIC, anon, service_role;
GRANT EXECUTE ON FUNCTION public.delete_client_relationship_safely(uuid) TO authenticated;
