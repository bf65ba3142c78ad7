WITH column_list AS (
    SELECT r.oid, pg_catalog.array_agg(a.attname::text ORDER BY a.attname) AS names
    FROM pg_catalog.pg_publication_rel r
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs::smallint[])
    GROUP BY r.oid
)
SELECT
    p.pubname AS publication,
    n.nspname AS schema,
    c.relname AS relation,
    column_list.names AS columns,
    pg_catalog.pg_get_expr(r.prqual, r.prrelid) AS filter
FROM pg_catalog.pg_publication_rel r
JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid
JOIN pg_catalog.pg_class c ON c.oid = r.prrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN column_list ON column_list.oid = r.oid
ORDER BY p.pubname, n.nspname, c.relname
