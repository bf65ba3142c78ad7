-- All but the system's own, whatever the scope: who may look into one decides about objects elsewhere, too.
SELECT
    n.nspname AS name,
    pg_catalog.pg_get_userbyid(n.nspowner) AS owner,
    coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner))::text[] AS acl
FROM pg_catalog.pg_namespace n
WHERE n.oid IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.user_schemas')::oid[]))
ORDER BY n.nspname
