-- One index for each question that a screen or a policy asks. On a live project with much data, build them with CONCURRENTLY instead.

-- Before a client is deleted: is there open work between the two?
CREATE INDEX IF NOT EXISTS idx_trackpay_sessions_party_status ON public.trackpay_sessions (provider_id, client_id, status);
CREATE INDEX IF NOT EXISTS idx_trackpay_requests_party_status ON public.trackpay_requests (provider_id, client_id, status);

-- History of a client, of a provider
CREATE INDEX IF NOT EXISTS idx_trackpay_sessions_client_created ON public.trackpay_sessions (client_id, created_at);
CREATE INDEX IF NOT EXISTS idx_trackpay_sessions_provider_created ON public.trackpay_sessions (provider_id, created_at);

-- Activity feed
CREATE INDEX IF NOT EXISTS idx_trackpay_activities_created ON public.trackpay_activities (created_at);
CREATE INDEX IF NOT EXISTS idx_trackpay_activities_provider_created ON public.trackpay_activities (provider_id, created_at);
CREATE INDEX IF NOT EXISTS idx_trackpay_activities_client_created ON public.trackpay_activities (client_id, created_at);

-- Audit
CREATE INDEX IF NOT EXISTS idx_trackpay_relationship_audit_provider_created ON public.trackpay_relationship_audit (provider_id, created_at);
CREATE INDEX IF NOT EXISTS idx_trackpay_relationship_audit_client_created ON public.trackpay_relationship_audit (client_id, created_at);

-- Invites: a provider's open ones, and the one with this code
CREATE INDEX IF NOT EXISTS idx_trackpay_invites_provider_status ON public.trackpay_invites (provider_id, status);
CREATE INDEX IF NOT EXISTS idx_trackpay_invites_code ON public.trackpay_invites (invite_code);

-- Client list, provider list
CREATE INDEX IF NOT EXISTS idx_trackpay_relationships_provider ON public.trackpay_relationships (provider_id);
CREATE INDEX IF NOT EXISTS idx_trackpay_relationships_client ON public.trackpay_relationships (client_id);

-- Beyond the plan: columns that the policies filter on and that no index above leads with. Without them every query of a client, and
-- every query on payments, reads the whole table.
CREATE INDEX IF NOT EXISTS idx_trackpay_payments_provider_created ON public.trackpay_payments (provider_id, created_at);
CREATE INDEX IF NOT EXISTS idx_trackpay_payments_client_created ON public.trackpay_payments (client_id, created_at);
CREATE INDEX IF NOT EXISTS idx_trackpay_requests_client_created ON public.trackpay_requests (client_id, created_at);
CREATE INDEX IF NOT EXISTS idx_trackpay_invites_client ON public.trackpay_invites (client_id);
CREATE INDEX IF NOT EXISTS idx_trackpay_activities_user ON public.trackpay_activities (user_id);
