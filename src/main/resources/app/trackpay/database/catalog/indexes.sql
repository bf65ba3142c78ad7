WITH unusual AS (
    -- a key column with a collation that is not its own, or with operators that are not the default ones of just its type
    SELECT DISTINCT x.indexrelid
    FROM pg_catalog.pg_index x
    CROSS JOIN LATERAL ROWS FROM (
        pg_catalog.unnest(x.indkey::smallint[]), pg_catalog.unnest(x.indclass::oid[]), pg_catalog.unnest(x.indcollation::oid[])
    ) AS u (attnum, opclass, collated)
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.attnum
    LEFT JOIN pg_catalog.pg_opclass o ON o.oid = u.opclass
    WHERE coalesce(u.collated <> a.attcollation OR NOT o.opcdefault OR o.opcintype <> a.atttypid, true)
), building AS (
    -- An ordinary role sees that somebody builds an index, but not which one: then the lock on the table tells.
    SELECT DISTINCT x.indexrelid
    FROM pg_catalog.pg_stat_progress_create_index p
    JOIN pg_catalog.pg_locks l
        ON l.pid = p.pid AND l.locktype = 'relation' AND l.database = p.datid AND l.granted
        AND l.mode IN ('ShareUpdateExclusiveLock', 'ShareLock')
    JOIN pg_catalog.pg_index x ON x.indrelid = l.relation AND NOT x.indisvalid
    WHERE p.datname = pg_catalog.current_database()
        AND (p.index_relid IS NULL OR p.index_relid IN (0, x.indexrelid))
)
SELECT
    n.nspname AS schema,
    ic.relname AS name,
    c.relname AS relation,
    -- columns by number, as in the columns' own query; 0 where an expression stands
    pg_catalog.string_to_array(x.indkey::text, ' ') AS keys,
    x.indnkeyatts AS key_count,
    CASE WHEN x.indexprs IS NOT NULL THEN ARRAY(
        SELECT pg_catalog.pg_get_indexdef(x.indexrelid, u.position::integer, false)
        FROM pg_catalog.unnest(x.indkey::smallint[]) WITH ORDINALITY AS u (attnum, position)
        WHERE u.attnum = 0
        ORDER BY u.position)
    END AS expressions,
    x.indisunique AS is_unique,
    x.indisprimary AS is_primary,
    x.indisvalid AS valid,
    b.indexrelid IS NOT NULL AS building,
    pg_catalog.pg_get_expr(x.indpred, x.indrelid) AS predicate,
    con.conname AS constraint_name,
    parent_schema.nspname AS parent_schema,
    parent.relname AS parent_name,
    CASE WHEN NOT plain.yes THEN pg_catalog.pg_get_indexdef(x.indexrelid) END AS definition,
    CASE WHEN plain.yes THEN
        CASE WHEN x.indisunique THEN 'CREATE UNIQUE INDEX ' ELSE 'CREATE INDEX ' END || pg_catalog.quote_ident(ic.relname) || ' ON ' || pg_catalog.quote_ident(n.nspname) || '.'
        || pg_catalog.quote_ident(c.relname) || ' USING btree '
    END AS definition_without_columns
FROM pg_catalog.pg_index x
JOIN pg_catalog.pg_class ic ON ic.oid = x.indexrelid
JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = ic.relnamespace
LEFT JOIN building b ON b.indexrelid = x.indexrelid
LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = x.indexrelid
LEFT JOIN pg_catalog.pg_class parent ON parent.oid = i.inhparent
LEFT JOIN pg_catalog.pg_namespace parent_schema ON parent_schema.oid = parent.relnamespace
LEFT JOIN pg_catalog.pg_constraint con
    ON con.conindid = x.indexrelid AND con.conrelid = x.indrelid AND con.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_am am ON am.oid = ic.relam
LEFT JOIN unusual ON unusual.indexrelid = x.indexrelid
-- All there is to say of it is its columns: asking pg_get_indexdef thousands of times would take longer than all the rest of this query.
-- A primary key's index always has the columns' own collations and default operators
CROSS JOIN LATERAL (SELECT coalesce(
    am.amname = 'btree' AND ic.relkind = 'i' AND ic.reloptions IS NULL AND x.indnatts = x.indnkeyatts
    AND (con.contype = 'p'
        OR con.oid IS NULL AND NOT x.indisunique AND x.indexprs IS NULL AND x.indpred IS NULL
            AND pg_catalog.translate(x.indoption::text, '0 ', '') = '' AND unusual.indexrelid IS NULL),
    false) AS yes) plain
WHERE (c.relnamespace IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.schemas')::oid[]))
        OR c.oid IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.relations')::oid[])))
    AND c.relkind IN ('r', 'p', 'm')
    AND c.oid NOT IN (
        SELECT d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.deptype = 'e')
ORDER BY n.nspname, c.relname, ic.relname
