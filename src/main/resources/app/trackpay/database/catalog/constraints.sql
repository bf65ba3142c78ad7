-- Foreign keys of every schema, so that chains of CASCADE are whole. Left out: the copies that partitions keep of their parent's
-- foreign keys, and the NOT NULL constraints that 18 stores beside the column's flag, unless they were never validated.
WITH key_column AS (
    SELECT
        k.oid,
        pg_catalog.array_agg(a.attname::text ORDER BY k.position) FILTER (WHERE k.side = 'near') AS near,
        pg_catalog.array_agg(a.attname::text ORDER BY k.position) FILTER (WHERE k.side = 'far') AS far,
        pg_catalog.array_agg(a.attname::text ORDER BY k.position) FILTER (WHERE k.side = 'set') AS narrowed
    FROM (
        SELECT con.oid, 'near' AS side, con.conrelid AS relation, u.attnum, u.position
        FROM pg_catalog.pg_constraint con, pg_catalog.unnest(con.conkey) WITH ORDINALITY AS u (attnum, position)
        WHERE con.conrelid <> 0
        UNION ALL
        SELECT con.oid, 'far', con.confrelid, u.attnum, u.position
        FROM pg_catalog.pg_constraint con, pg_catalog.unnest(con.confkey) WITH ORDINALITY AS u (attnum, position)
        WHERE con.contype = 'f'
        UNION ALL
        -- since 15; through JSON, because 14 has no such column
        SELECT con.oid, 'set', con.conrelid, u.attnum::smallint, u.position
        FROM pg_catalog.pg_constraint con,
            pg_catalog.jsonb_array_elements_text(
                coalesce(nullif(pg_catalog.to_jsonb(con) -> 'confdelsetcols', 'null'), '[]')) WITH ORDINALITY AS u (attnum, position)
        WHERE con.contype = 'f' AND con.confdeltype IN ('n', 'd')
    ) k
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.relation AND a.attnum = k.attnum
    GROUP BY k.oid
)
SELECT
    n.nspname AS schema,
    coalesce(c.relname, t.typname) AS relation,
    con.conname AS name,
    con.contype AS type,
    key_column.near AS columns,
    rn.nspname AS reference_schema,
    r.relname AS reference_name,
    key_column.far AS reference_columns,
    con.confdeltype AS on_delete,
    con.confupdtype AS on_update,
    key_column.narrowed AS set_columns,
    con.condeferrable AS deferrable,
    con.condeferred AS initially_deferred,
    con.convalidated AS validated,
    pg_catalog.pg_get_constraintdef(con.oid) AS definition
FROM pg_catalog.pg_constraint con
LEFT JOIN pg_catalog.pg_class c ON c.oid = con.conrelid
LEFT JOIN pg_catalog.pg_type t ON t.oid = con.contypid
JOIN pg_catalog.pg_namespace n ON n.oid = coalesce(c.relnamespace, t.typnamespace)
LEFT JOIN pg_catalog.pg_class r ON r.oid = con.confrelid
LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
LEFT JOIN key_column ON key_column.oid = con.oid
WHERE (con.contype <> 'n' OR NOT con.convalidated)
    AND (con.contype <> 'f' OR con.conparentid = 0)
    AND (n.oid IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.schemas')::oid[]))
        OR c.oid IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.relations')::oid[])))
    AND (con.conrelid = 0 OR con.conrelid NOT IN (
        SELECT d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.deptype = 'e'))
    AND (con.contypid = 0 OR con.contypid NOT IN (
        SELECT d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
            AND d.deptype = 'e'))
ORDER BY n.nspname, coalesce(c.relname, t.typname), con.conname
