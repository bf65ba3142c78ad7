-- The tables that are there before the first step, and what each has on disk.
SELECT
    relation.oid,
    space.nspname AS schema,
    relation.relname AS name,
    relation.relfilenode,
    CASE WHEN relation.relfilenode = 0 THEN 0 ELSE pg_catalog.pg_relation_size(relation.oid) END AS bytes
FROM pg_catalog.pg_class AS relation
JOIN pg_catalog.pg_namespace AS space ON space.oid = relation.relnamespace
WHERE relation.relkind IN ('r', 'p', 'm')
    AND relation.relpersistence <> 't'
    AND NOT pg_catalog.starts_with(space.nspname::text, 'pg_')
    AND space.nspname NOT IN ('information_schema', 'trackpay_history')
ORDER BY schema, name
