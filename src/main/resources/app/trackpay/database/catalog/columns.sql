-- In the table's own order: INSERT without a column list and SELECT * depend on it.
SELECT
    n.nspname AS schema,
    c.relname AS relation,
    a.attnum AS number,
    a.attname AS name,
    nullif(pg_catalog.quote_ident(a.attname), a.attname::text) AS quoted,
    pg_catalog.format_type(a.atttypid, a.atttypmod) AS type,
    a.attnotnull AS not_null,
    -- a default names no column: without the table at hand the server need not open it
    CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, 0) ELSE pg_catalog.pg_get_expr(d.adbin, d.adrelid) END
        AS default_expression,
    CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity,
    CASE a.attgenerated WHEN 's' THEN 'STORED' WHEN 'v' THEN 'VIRTUAL' END AS generated,
    CASE WHEN o.collname IS NOT NULL THEN
        CASE WHEN os.nspname = 'pg_catalog' THEN '' ELSE pg_catalog.quote_ident(os.nspname) || '.' END
        || pg_catalog.quote_ident(o.collname)
    END AS collation,
    a.attacl::text[] AS acl
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON a.atthasdef AND d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation AND a.attcollation <> t.typcollation
LEFT JOIN pg_catalog.pg_namespace os ON os.oid = o.collnamespace
WHERE a.attnum > 0
    AND NOT a.attisdropped
    AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
    AND (c.relnamespace IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.schemas')::oid[]))
        OR c.oid IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.relations')::oid[])))
ORDER BY n.nspname, c.relname, a.attnum
