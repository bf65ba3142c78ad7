-- The plan's counts: enough is OK, and more is OK too.
WITH counted (category, expected_count, actual_count) AS (
    VALUES
        ('tables', 8, (SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'trackpay_%')),
        ('extensions', 2, (SELECT count(*) FROM pg_extension WHERE extname IN ('pgcrypto', 'pg_stat_statements'))),
        ('functions', 2, (SELECT count(*) FROM pg_proc
            WHERE proname IN ('current_trackpay_user_id', 'delete_client_relationship_safely'))),
        ('policies', 18, (SELECT count(*) FROM pg_policies WHERE tablename LIKE 'trackpay_%')),
        ('indexes', 15, (SELECT count(*) FROM pg_indexes WHERE schemaname = 'public' AND tablename LIKE 'trackpay_%')),
        ('constraints', 15, (SELECT count(*) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'f', 'u', 'c')))
)
SELECT category, expected_count, actual_count, CASE WHEN actual_count >= expected_count THEN 'OK' ELSE 'MISSING' END AS status
FROM counted
ORDER BY category;

-- The plan's quick health check: it stops this step when anything is missing.
DO $$
DECLARE
    issues text;
BEGIN
    SELECT string_agg(issue, ', ') INTO issues
    FROM (
        VALUES
            ((SELECT count(*) >= 8 FROM pg_tables WHERE tablename LIKE 'trackpay_%'), 'Missing tables'),
            (EXISTS (SELECT FROM pg_extension WHERE extname = 'pgcrypto'), 'Missing pgcrypto extension'),
            (EXISTS (SELECT FROM pg_proc WHERE proname = 'current_trackpay_user_id'), 'Missing auth helper function'),
            (EXISTS (SELECT FROM pg_indexes WHERE indexname = 'ux_trackpay_users_auth_user'), 'Missing unique constraint on auth_user_id'),
            ((SELECT count(*) >= 8 FROM pg_tables WHERE tablename LIKE 'trackpay_%' AND rowsecurity), 'RLS not enabled on all tables')
    ) AS checked (fine, issue)
    WHERE NOT fine;

    IF issues IS NOT NULL THEN
        RAISE EXCEPTION 'Health check failed: %', issues;
    END IF;
    RAISE NOTICE 'All health checks passed!';
END
$$;
