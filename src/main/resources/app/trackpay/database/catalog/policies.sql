WITH role_list AS (
    SELECT p.polroles, pg_catalog.array_agg(
        CASE WHEN u.oid = 0 THEN 'PUBLIC' ELSE pg_catalog.pg_get_userbyid(u.oid)::text END ) AS names
    FROM (SELECT DISTINCT polroles FROM pg_catalog.pg_policy) p, pg_catalog.unnest(p.polroles) AS u (oid)
    GROUP BY p.polroles
)
SELECT
    n.nspname AS schema,
    c.relname AS relation,
    p.polname AS name,
    p.polcmd AS command,
    p.polpermissive AS permissive,
    role_list.names AS roles,
    pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using_expression,
    pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS check_expression
FROM pg_catalog.pg_policy p
JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN role_list ON role_list.polroles = p.polroles
WHERE (c.relnamespace IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.schemas')::oid[]))
        OR c.relnamespace IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.platform')::oid[]))
        OR c.oid IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.relations')::oid[])))
    AND c.oid NOT IN (
        SELECT d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.deptype = 'e')
ORDER BY n.nspname, c.relname, p.polname
