-- Not to_regclass: it needs USAGE on the schema, which is what a reader may lack.
SELECT
    pg_catalog.count(*) FILTER (WHERE kept.relname = 'steps') > 0 AS steps,
    pg_catalog.count(*) FILTER (WHERE kept.relname = 'changes') > 0 AS changes,
    pg_catalog.max(pg_catalog.pg_get_userbyid(kept.relowner)::pg_catalog.text) FILTER (WHERE kept.relname = 'steps') AS owner
FROM pg_catalog.pg_class AS kept
JOIN pg_catalog.pg_namespace AS space ON space.oid = kept.relnamespace
WHERE space.nspname = 'trackpay_history'
