-- From deleting along to refusing: while there is work between two people, neither of them can be deleted.
-- Each section is one transaction of its own, so that no two tables are locked at the same time.
-- A key is dropped and made again in one statement: there is no moment without it, and a second run ends in the same state.

-- SECTION 1: Sessions keep their provider
ALTER TABLE public.trackpay_sessions
    DROP CONSTRAINT IF EXISTS trackpay_sessions_provider_id_fkey,
    ADD CONSTRAINT trackpay_sessions_provider_id_fkey
        FOREIGN KEY (provider_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 2: Sessions keep their client
ALTER TABLE public.trackpay_sessions
    DROP CONSTRAINT IF EXISTS trackpay_sessions_client_id_fkey,
    ADD CONSTRAINT trackpay_sessions_client_id_fkey
        FOREIGN KEY (client_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 3: Relationships keep their provider
ALTER TABLE public.trackpay_relationships
    DROP CONSTRAINT IF EXISTS trackpay_relationships_provider_id_fkey,
    ADD CONSTRAINT trackpay_relationships_provider_id_fkey
        FOREIGN KEY (provider_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 4: Relationships keep their client
ALTER TABLE public.trackpay_relationships
    DROP CONSTRAINT IF EXISTS trackpay_relationships_client_id_fkey,
    ADD CONSTRAINT trackpay_relationships_client_id_fkey
        FOREIGN KEY (client_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 5: Payments keep their provider
ALTER TABLE public.trackpay_payments
    DROP CONSTRAINT IF EXISTS trackpay_payments_provider_id_fkey,
    ADD CONSTRAINT trackpay_payments_provider_id_fkey
        FOREIGN KEY (provider_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 6: Payments keep their client
ALTER TABLE public.trackpay_payments
    DROP CONSTRAINT IF EXISTS trackpay_payments_client_id_fkey,
    ADD CONSTRAINT trackpay_payments_client_id_fkey
        FOREIGN KEY (client_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 7: Payment requests keep their provider
ALTER TABLE public.trackpay_requests
    DROP CONSTRAINT IF EXISTS trackpay_requests_provider_id_fkey,
    ADD CONSTRAINT trackpay_requests_provider_id_fkey
        FOREIGN KEY (provider_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 8: Payment requests keep their client
ALTER TABLE public.trackpay_requests
    DROP CONSTRAINT IF EXISTS trackpay_requests_client_id_fkey,
    ADD CONSTRAINT trackpay_requests_client_id_fkey
        FOREIGN KEY (client_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 9: Activities keep their provider
ALTER TABLE public.trackpay_activities
    DROP CONSTRAINT IF EXISTS trackpay_activities_provider_id_fkey,
    ADD CONSTRAINT trackpay_activities_provider_id_fkey
        FOREIGN KEY (provider_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 10: Activities keep their client
ALTER TABLE public.trackpay_activities
    DROP CONSTRAINT IF EXISTS trackpay_activities_client_id_fkey,
    ADD CONSTRAINT trackpay_activities_client_id_fkey
        FOREIGN KEY (client_id) REFERENCES public.trackpay_users (id) ON DELETE RESTRICT;

-- SECTION 11: Audit table for deleted relationships
-- A schema that was exported before the audit existed does not have it yet.
CREATE TABLE IF NOT EXISTS public.trackpay_relationship_audit (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    provider_id uuid NOT NULL,
    client_id uuid NOT NULL,
    action text NOT NULL,
    reason text,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE public.trackpay_relationship_audit ENABLE ROW LEVEL SECURITY;

-- SECTION 12: Relationships are deleted by the function only
-- delete_client_relationship_safely() looks for open work first and writes the audit; a plain DELETE would do neither.
REVOKE DELETE, TRUNCATE ON public.trackpay_relationships FROM anon, authenticated;
