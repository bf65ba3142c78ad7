-- The plan's 18. No table privilege is granted anywhere: the project is expected to do that.

ALTER TABLE trackpay_users ENABLE ROW LEVEL SECURITY;
ALTER TABLE trackpay_relationships ENABLE ROW LEVEL SECURITY;
ALTER TABLE trackpay_sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE trackpay_payments ENABLE ROW LEVEL SECURITY;
ALTER TABLE trackpay_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE trackpay_activities ENABLE ROW LEVEL SECURITY;
ALTER TABLE trackpay_invites ENABLE ROW LEVEL SECURITY;
ALTER TABLE trackpay_relationship_audit ENABLE ROW LEVEL SECURITY;

CREATE POLICY tp_users_select_self ON trackpay_users FOR SELECT TO authenticated
    USING (id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_users_update_self ON trackpay_users FOR UPDATE TO authenticated
    USING (id = (SELECT current_trackpay_user_id()))
    WITH CHECK (id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_relationships_select_party ON trackpay_relationships FOR SELECT TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()) OR client_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_relationships_insert_provider ON trackpay_relationships FOR INSERT TO authenticated
    WITH CHECK (provider_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_relationships_update_provider ON trackpay_relationships FOR UPDATE TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()))
    WITH CHECK (provider_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_sessions_select_party ON trackpay_sessions FOR SELECT TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()) OR client_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_sessions_insert_provider ON trackpay_sessions FOR INSERT TO authenticated
    WITH CHECK (provider_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_sessions_update_provider ON trackpay_sessions FOR UPDATE TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()))
    WITH CHECK (provider_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_payments_select_party ON trackpay_payments FOR SELECT TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()) OR client_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_payments_insert_provider ON trackpay_payments FOR INSERT TO authenticated
    WITH CHECK (provider_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_payments_update_provider ON trackpay_payments FOR UPDATE TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()))
    WITH CHECK (provider_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_requests_select_party ON trackpay_requests FOR SELECT TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()) OR client_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_requests_insert_provider ON trackpay_requests FOR INSERT TO authenticated
    WITH CHECK (provider_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_requests_update_provider ON trackpay_requests FOR UPDATE TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()))
    WITH CHECK (provider_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_activities_select_party ON trackpay_activities FOR SELECT TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()) OR client_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_invites_select_party ON trackpay_invites FOR SELECT TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()) OR client_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_invites_insert_provider ON trackpay_invites FOR INSERT TO authenticated
    WITH CHECK (provider_id = (SELECT current_trackpay_user_id()));
CREATE POLICY tp_relationship_audit_select_provider ON trackpay_relationship_audit FOR SELECT TO authenticated
    USING (provider_id = (SELECT current_trackpay_user_id()));
