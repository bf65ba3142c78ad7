-- Columns are given by number, and the definitions of plain keys in pieces around them: the names are known from the columns' own query,
-- and thousands of calls of pg_get_constraintdef would cost more than all the rest.
-- Foreign keys of every schema, so that chains of CASCADE are whole. Left out: the copies that partitions keep of their parent's
-- foreign keys, and the NOT NULL constraints that 18 stores beside the column's flag, unless they were never validated.
SELECT
    n.nspname AS schema,
    coalesce(c.relname, t.typname) AS relation,
    con.conname AS name,
    con.contype AS type,
    con.conkey AS columns,
    rn.nspname AS reference_schema,
    r.relname AS reference_name,
    con.confkey AS reference_columns,
    con.confdeltype AS on_delete,
    con.confupdtype AS on_update,
    -- since 15; through JSON, because 14 has no such column
    CASE WHEN con.contype = 'f' AND con.confdeltype IN ('n', 'd') THEN
        pg_catalog.translate(nullif(pg_catalog.to_jsonb(con) -> 'confdelsetcols', 'null')::text, '[] ', '{}')
    END AS set_columns,
    con.condeferrable AS deferrable,
    con.condeferred AS initially_deferred,
    con.convalidated AS validated,
    CASE WHEN NOT plain.yes THEN pg_catalog.pg_get_constraintdef(con.oid) END AS definition,
    CASE WHEN plain.yes AND con.contype = 'f' THEN
        ' REFERENCES ' || pg_catalog.quote_ident(rn.nspname) || '.' || pg_catalog.quote_ident(r.relname)
    END AS reference_definition
FROM pg_catalog.pg_constraint con
LEFT JOIN pg_catalog.pg_class c ON c.oid = con.conrelid
LEFT JOIN pg_catalog.pg_type t ON t.oid = con.contypid
JOIN pg_catalog.pg_namespace n ON n.oid = coalesce(c.relnamespace, t.typnamespace)
LEFT JOIN pg_catalog.pg_class r ON r.oid = con.confrelid
LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = con.conindid
LEFT JOIN pg_catalog.pg_class ic ON ic.oid = con.conindid
LEFT JOIN pg_catalog.pg_am am ON am.oid = ic.relam
-- no INCLUDE, no MATCH FULL, not deferred, not of a period (those have no btree)
CROSS JOIN LATERAL (SELECT coalesce(
    con.contype IN ('p', 'f') AND con.convalidated AND NOT con.condeferrable AND am.amname = 'btree'
    AND (con.contype = 'f' OR x.indnatts = x.indnkeyatts)
    AND (con.contype = 'p' OR con.confmatchtype = 's' AND con.confdeltype IN ('a', 'r', 'c') AND con.confupdtype IN ('a', 'r', 'c')),
    false) AS yes) plain
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
