-- Row types of tables, array types and multiranges come and go with what they belong to.
WITH label AS (
    SELECT e.enumtypid, pg_catalog.array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS members
    FROM pg_catalog.pg_enum e
    GROUP BY e.enumtypid
), attribute AS (
    SELECT a.attrelid, pg_catalog.array_agg(
        pg_catalog.quote_ident(a.attname) || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attcollation <> at.typcollation THEN ' COLLATE ' || a.attcollation::pg_catalog.regcollation::text ELSE '' END
        ORDER BY a.attnum) AS members
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'c'
    JOIN pg_catalog.pg_type at ON at.oid = a.atttypid
    WHERE a.attnum > 0 AND NOT a.attisdropped
    GROUP BY a.attrelid
)
SELECT
    n.nspname AS schema,
    t.typname AS name,
    CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'c' THEN 'composite' ELSE 'range' END AS kind,
    CASE t.typtype
        WHEN 'e' THEN label.members
        WHEN 'c' THEN attribute.members
        WHEN 'd' THEN pg_catalog.array_remove(ARRAY[
            pg_catalog.format_type(t.typbasetype, t.typtypmod),
            CASE WHEN t.typcollation <> base.typcollation THEN 'COLLATE ' || t.typcollation::pg_catalog.regcollation::text END,
            CASE WHEN t.typnotnull THEN 'NOT NULL' END,
            'DEFAULT ' || coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0), pg_catalog.quote_literal(t.typdefault))], NULL)
        ELSE pg_catalog.array_remove(ARRAY[
            'SUBTYPE = ' || pg_catalog.format_type(r.rngsubtype, NULL),
            'COLLATION = ' || nullif(r.rngcollation::pg_catalog.regcollation::text, '-'),
            'CANONICAL = ' || nullif(r.rngcanonical::text, '-'),
            'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff::text, '-')], NULL)
    END AS members,
    pg_catalog.pg_get_userbyid(t.typowner) AS owner,
    coalesce(t.typacl, pg_catalog.acldefault('T', t.typowner))::text[] AS acl
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_type base ON base.oid = t.typbasetype
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
LEFT JOIN label ON label.enumtypid = t.oid
LEFT JOIN attribute ON attribute.attrelid = t.typrelid
WHERE (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c'))
    AND t.typnamespace IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.schemas')::oid[]))
    AND t.oid NOT IN (
        SELECT d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
            AND d.deptype = 'e')
ORDER BY n.nspname, t.typname
