-- How much of everything is there, next to how much this set makes. Both directions count: one policy too many is as wrong as one
-- too few. It changes nothing and can be run at any time.
SELECT
    category,
    expected_count,
    actual_count,
    CASE
        WHEN actual_count = expected_count THEN 'OK'
        WHEN actual_count < expected_count THEN 'MISSING'
        ELSE 'UNEXPECTED'
    END AS status
FROM (
    -- Primary, foreign and unique keys and checks; PostgreSQL 18 also counts each NOT NULL, so the kinds are named.
    SELECT 'constraints' AS category, 44 AS expected_count, count(*) AS actual_count
    FROM pg_catalog.pg_constraint AS c
    JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relname LIKE 'trackpay\_%' AND c.contype IN ('p', 'f', 'u', 'c')
    UNION ALL
    SELECT 'extensions', 2, count(*)
    FROM pg_catalog.pg_extension
    WHERE extname IN ('pgcrypto', 'pg_stat_statements')
    UNION ALL
    SELECT 'functions', 6, count(*)
    FROM pg_catalog.pg_proc
    WHERE pronamespace = 'public'::regnamespace
      AND (proname LIKE 'trackpay\_%' OR proname IN ('current_trackpay_user_id', 'delete_client_relationship_safely'))
    UNION ALL
    -- Those that a constraint brings along are counted above.
    SELECT 'indexes', 19, count(*)
    FROM pg_catalog.pg_index AS i
    JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relname LIKE 'trackpay\_%'
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c WHERE c.conindid = i.indexrelid AND c.conrelid = i.indrelid)
    UNION ALL
    SELECT 'policies', 21, count(*)
    FROM pg_catalog.pg_policies
    WHERE schemaname = 'public' AND tablename LIKE 'trackpay\_%'
    UNION ALL
    SELECT 'realtime tables', 8, count(*)
    FROM pg_catalog.pg_publication_tables
    WHERE pubname = 'supabase_realtime' AND schemaname = 'public' AND tablename LIKE 'trackpay\_%'
    UNION ALL
    SELECT 'tables', 8, count(*)
    FROM pg_catalog.pg_tables
    WHERE schemaname = 'public' AND tablename LIKE 'trackpay\_%'
    UNION ALL
    SELECT 'tables with rls', 8, count(*)
    FROM pg_catalog.pg_tables
    WHERE schemaname = 'public' AND tablename LIKE 'trackpay\_%' AND rowsecurity
    UNION ALL
    SELECT 'triggers', 7, count(*)
    FROM pg_catalog.pg_trigger AS g
    JOIN pg_catalog.pg_class AS t ON t.oid = g.tgrelid
    WHERE t.relnamespace = 'public'::regnamespace AND t.relname LIKE 'trackpay\_%' AND NOT g.tgisinternal
) AS counted
ORDER BY category;
