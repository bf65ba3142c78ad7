-- Not to_regclass: it needs USAGE on the schema, which is what a reader may lack.
SELECT pg_catalog.count(*) > 0
FROM pg_catalog.pg_class AS steps
JOIN pg_catalog.pg_namespace AS space ON space.oid = steps.relnamespace
WHERE space.nspname = 'trackpay_history' AND steps.relname = 'steps'
