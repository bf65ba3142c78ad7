CREATE OR REPLACE FUNCTION delete_client_relationship_safely(p_client_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
AS $$
DECLARE
    me uuid;
BEGIN
    IF auth.uid() IS NULL THEN
        RAISE EXCEPTION 'Not authenticated';
    END IF;
    SELECT id INTO me FROM trackpay_users WHERE auth_user_id = auth.uid() AND role = 'provider';

    IF EXISTS (
        SELECT FROM trackpay_sessions
        WHERE provider_id = me AND client_id = p_client_id AND status <> 'paid'
    ) THEN
        -- The exception takes this row back as well: a refusal is never audited.
        INSERT INTO trackpay_relationship_audit (provider_id, client_id, action) VALUES (me, p_client_id, 'blocked');
        RAISE EXCEPTION 'Cannot delete. Active or unpaid sessions exist';
    END IF;

    INSERT INTO trackpay_relationship_audit (provider_id, client_id, action) VALUES (me, p_client_id, 'deleted');
    DELETE FROM trackpay_relationships WHERE provider_id = me AND client_id = p_client_id;
    RETURN true;
END
$$;

REVOKE EXECUTE ON FUNCTION delete_client_relationship_safely(uuid) FROM PUBLIC, anon;
GRANT EXECUTE ON FUNCTION delete_client_relationship_safely(uuid) TO authenticated;
