SELECT
    n.nspname AS schema,
    c.relname AS name,
    c.relkind AS kind,
    pg_catalog.pg_get_userbyid(c.relowner) AS owner,
    c.relrowsecurity AS row_security,
    c.relforcerowsecurity AS force_row_security,
    c.relpersistence AS persistence,
    CASE c.relreplident
        WHEN 'd' THEN 'default'
        WHEN 'n' THEN 'nothing'
        WHEN 'f' THEN 'full'
        ELSE 'index ' || coalesce(replica.name, '')
    END AS replica_identity,
    CASE WHEN c.reloptions IS NOT NULL OR toast.reloptions IS NOT NULL OR f.ftrelid IS NOT NULL THEN
        coalesce(c.reloptions, '{}')
        || CASE WHEN toast.reloptions IS NULL THEN '{}'::text[]
            ELSE ARRAY(SELECT 'toast.' || o FROM pg_catalog.unnest(toast.reloptions) AS o) END
        || CASE WHEN f.ftrelid IS NULL THEN '{}'::text[] ELSE ARRAY['server=' || server.srvname] || f.ftoptions END
    END AS options,
    CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END AS partition_key,
    parent_schema.nspname AS parent_schema,
    parent.relname AS parent_name,
    CASE WHEN c.relispartition THEN pg_catalog.pg_get_expr(c.relpartbound, c.oid) END AS partition_bound,
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition,
    coalesce(c.relacl, pg_catalog.acldefault('r', c.relowner))::text[] AS acl
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
LEFT JOIN pg_catalog.pg_foreign_table f ON f.ftrelid = c.oid
LEFT JOIN pg_catalog.pg_foreign_server server ON server.oid = f.ftserver
LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND i.inhseqno = 1
LEFT JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
LEFT JOIN pg_catalog.pg_namespace parent_schema ON parent_schema.oid = parent.relnamespace
LEFT JOIN (
    SELECT x.indrelid, xc.relname AS name
    FROM pg_catalog.pg_index x
    JOIN pg_catalog.pg_class xc ON xc.oid = x.indexrelid
    WHERE x.indisreplident
) replica ON replica.indrelid = c.oid
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
    AND (c.relnamespace IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.schemas')::oid[]))
        OR c.oid IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.relations')::oid[])))
    AND c.oid NOT IN (
        SELECT d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
