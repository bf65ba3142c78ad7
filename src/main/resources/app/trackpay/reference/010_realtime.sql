-- Live updates in the app. Realtime asks the table's policies before it hands a change to somebody, so a table belongs in here only
-- with row level security on, as trackpay_schema.sql made it.
-- Adding a table twice is an error, so each is added where it is missing.
DO $$
DECLARE
    v_table text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_publication WHERE pubname = 'supabase_realtime') THEN
        CREATE PUBLICATION supabase_realtime;
    END IF;

    FOREACH v_table IN ARRAY ARRAY[
        'trackpay_users',
        'trackpay_relationships',
        'trackpay_sessions',
        'trackpay_payments',
        'trackpay_requests',
        'trackpay_activities',
        'trackpay_invites',
        'trackpay_relationship_audit'
    ] LOOP
        IF NOT EXISTS (
            SELECT
            FROM pg_catalog.pg_publication_tables
            WHERE pubname = 'supabase_realtime' AND schemaname = 'public' AND tablename = v_table
        ) THEN
            EXECUTE pg_catalog.format('ALTER PUBLICATION supabase_realtime ADD TABLE public.%I', v_table);
        END IF;
    END LOOP;
END
$$;
