-- Keys that deleted along now refuse. Run section by section.

-- SECTION 1: Sessions, provider_id
ALTER TABLE trackpay_sessions DROP CONSTRAINT IF EXISTS trackpay_sessions_provider_id_fkey;
ALTER TABLE trackpay_sessions ADD CONSTRAINT trackpay_sessions_provider_id_fkey
    FOREIGN KEY (provider_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 2: Sessions, client_id
ALTER TABLE trackpay_sessions DROP CONSTRAINT IF EXISTS trackpay_sessions_client_id_fkey;
ALTER TABLE trackpay_sessions ADD CONSTRAINT trackpay_sessions_client_id_fkey
    FOREIGN KEY (client_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 3: Relationships, provider_id
ALTER TABLE trackpay_relationships DROP CONSTRAINT IF EXISTS trackpay_relationships_provider_id_fkey;
ALTER TABLE trackpay_relationships ADD CONSTRAINT trackpay_relationships_provider_id_fkey
    FOREIGN KEY (provider_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 4: Relationships, client_id
ALTER TABLE trackpay_relationships DROP CONSTRAINT IF EXISTS trackpay_relationships_client_id_fkey;
ALTER TABLE trackpay_relationships ADD CONSTRAINT trackpay_relationships_client_id_fkey
    FOREIGN KEY (client_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 5: Payments, provider_id
ALTER TABLE trackpay_payments DROP CONSTRAINT IF EXISTS trackpay_payments_provider_id_fkey;
ALTER TABLE trackpay_payments ADD CONSTRAINT trackpay_payments_provider_id_fkey
    FOREIGN KEY (provider_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 6: Payments, client_id
ALTER TABLE trackpay_payments DROP CONSTRAINT IF EXISTS trackpay_payments_client_id_fkey;
ALTER TABLE trackpay_payments ADD CONSTRAINT trackpay_payments_client_id_fkey
    FOREIGN KEY (client_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 7: Requests, provider_id
ALTER TABLE trackpay_requests DROP CONSTRAINT IF EXISTS trackpay_requests_provider_id_fkey;
ALTER TABLE trackpay_requests ADD CONSTRAINT trackpay_requests_provider_id_fkey
    FOREIGN KEY (provider_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 8: Requests, client_id
ALTER TABLE trackpay_requests DROP CONSTRAINT IF EXISTS trackpay_requests_client_id_fkey;
ALTER TABLE trackpay_requests ADD CONSTRAINT trackpay_requests_client_id_fkey
    FOREIGN KEY (client_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 9: Activities, provider_id
ALTER TABLE trackpay_activities DROP CONSTRAINT IF EXISTS trackpay_activities_provider_id_fkey;
ALTER TABLE trackpay_activities ADD CONSTRAINT trackpay_activities_provider_id_fkey
    FOREIGN KEY (provider_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 10: Activities, client_id
ALTER TABLE trackpay_activities DROP CONSTRAINT IF EXISTS trackpay_activities_client_id_fkey;
ALTER TABLE trackpay_activities ADD CONSTRAINT trackpay_activities_client_id_fkey
    FOREIGN KEY (client_id) REFERENCES trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 11: Audit of deleted relationships
CREATE TABLE IF NOT EXISTS trackpay_relationship_audit (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid NOT NULL,
    client_id uuid NOT NULL,
    action text NOT NULL,
    reason text,
    metadata jsonb,
    created_at timestamptz DEFAULT now()
);
ALTER TABLE trackpay_relationship_audit ENABLE ROW LEVEL SECURITY;
-- The right idea with the wrong id: provider_id is no login. Step 3.7 adds the right policy and does not take this one away.
CREATE POLICY audit_select_by_provider ON trackpay_relationship_audit
    FOR SELECT TO authenticated USING (provider_id = (SELECT auth.uid()));

-- SECTION 12: Relationships are deleted by the function only
REVOKE DELETE ON trackpay_relationships FROM anon, authenticated;
-- No policy stands before these, and an older project hands them to everybody.
REVOKE TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA public FROM anon, authenticated;
