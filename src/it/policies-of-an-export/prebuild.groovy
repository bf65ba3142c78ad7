import app.trackpay.it.Story

// the steps of the hand-written schema, on a base that was exported
def story = Story.in(basedir)
def exported = new File(basedir, "scripts/prod-migrate/trackpay_schema.sql").text
story.copyOf("hand-written-schema")
    .write("trackpay_schema.sql", exported)
    .replace("20251015_fix_fk_SAFE_SEQUENTIAL.sql", '''CREATE POLICY audit_select_by_provider ON trackpay_relationship_audit
    FOR SELECT TO authenticated USING (provider_id = (SELECT auth.uid()));
''', "")
def plan = new File(basedir, "scripts/prod-migrate/trackpay.yaml")
story.write("trackpay.yaml", plan.text.split("\npersonas:")[0] + '''
personas:
  provider: { role: authenticated, sub: "a0000000-0000-4000-8000-000000000001" }
  client: { role: authenticated, sub: "a0000000-0000-4000-8000-000000000003" }
  anon: { role: anon }

access:
  trackpay_users:
    provider: { select: "id = :me", update: "id = :me or auth_user_id = :auth" }
    client: { select: "id = :me", update: "id = :me or auth_user_id = :auth" }
  trackpay_relationships:
    provider: { select: "provider_id = :me", insert: "provider_id = :me", update: "provider_id = :me" }
    client: { select: "client_id = :me", insert: "provider_id = :me" }
  trackpay_sessions:
    provider: { select: "provider_id = :me", insert: "provider_id = :me", update: "provider_id = :me" }
    client: { select: "client_id = :me", insert: "provider_id = :me" }
  trackpay_payments:
    provider: { select: "provider_id = :me", insert: "provider_id = :me", update: "provider_id = :me" }
    client: { select: "client_id = :me", insert: "provider_id = :me" }
  trackpay_requests:
    provider: { select: "provider_id = :me", insert: "provider_id = :me", update: "provider_id = :me" }
    client: { select: "client_id = :me", insert: "provider_id = :me" }
  trackpay_activities:
    provider: { select: "provider_id = :me" }
    client: { select: "client_id = :me" }
  trackpay_invites:
    provider: { select: "provider_id = :me", insert: "provider_id = :me" }
    client: { select: "client_id = :me", insert: "provider_id = :me" }
  trackpay_relationship_audit:
    provider: { select: "provider_id = :me" }

assume:
  default-privileges: old
  small: [trackpay_payments, trackpay_requests, trackpay_invites]
''')
return true
