-- 14 publishes whole tables only.
SELECT
    p.pubname AS publication,
    n.nspname AS schema,
    c.relname AS relation,
    NULL::text[] AS columns,
    NULL::text AS filter
FROM pg_catalog.pg_publication_rel r
JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
ORDER BY p.pubname, n.nspname, c.relname
