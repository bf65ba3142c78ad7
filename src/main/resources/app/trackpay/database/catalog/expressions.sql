-- Stored trees, and what the numbers in them stand for, in one statement and so in one snapshot. "kind" tells what a row is; what "list",
-- "detail" and "body" hold depends on it and is read in ExpressionAssembly.
-- In, as arrays of names: trackpay.only_schemas (none: all), trackpay.without_schemas.
WITH user_schema AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
), in_scope AS (
    SELECT u.oid
    FROM user_schema u
    WHERE (pg_catalog.current_setting('trackpay.only_schemas') = '{}'
            OR u.nspname = ANY (pg_catalog.current_setting('trackpay.only_schemas')::name[]))
        AND u.nspname <> ALL (pg_catalog.current_setting('trackpay.without_schemas')::name[])
), of_extension AS MATERIALIZED (
    SELECT d.classid, d.objid
    FROM pg_catalog.pg_depend d
    WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'
), tree AS MATERIALIZED (
    SELECT half.kind, c.oid, n.nspname AS schema, c.relname AS name, p.polname::text AS part, half.tree
    FROM pg_catalog.pg_policy p
    JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (VALUES ('using', p.polqual::text), ('check', p.polwithcheck::text)) AS half (kind, tree)
    WHERE (c.relnamespace IN (SELECT s.oid FROM in_scope s) OR n.nspname IN ('auth', 'storage', 'realtime'))
        AND NOT EXISTS (
            SELECT 1 FROM of_extension e
            WHERE e.objid = c.oid AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
    UNION ALL
    SELECT 'view', c.oid, n.nspname, c.relname, '', r.ev_action::text
    FROM pg_catalog.pg_rewrite r
    JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND r.ev_type = '1'
        AND c.relnamespace IN (SELECT s.oid FROM in_scope s)
        AND NOT EXISTS (
            SELECT 1 FROM of_extension e
            WHERE e.objid = c.oid AND e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)
    UNION ALL
    SELECT 'body', f.oid, n.nspname, f.proname, '', f.prosqlbody::text
    FROM pg_catalog.pg_proc f
    JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
    WHERE f.prosqlbody IS NOT NULL
        AND f.pronamespace IN (SELECT s.oid FROM in_scope s)
        AND NOT EXISTS (
            SELECT 1 FROM of_extension e
            WHERE e.objid = f.oid AND e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass)
), mention AS MATERIALIZED (
    SELECT DISTINCT m[1] AS field, m[2]::oid AS oid
    FROM tree,
        pg_catalog.regexp_matches(tree.tree,
            ':(funcid|aggfnoid|winfnoid|opno|relid|consttype|resulttype|paramtype|casetype|funcresulttype) ([0-9]+)', 'g') AS m
), routine AS MATERIALIZED (
    SELECT f.*, n.nspname
    FROM pg_catalog.pg_proc f
    JOIN pg_catalog.pg_namespace n ON n.oid = f.pronamespace
    WHERE f.oid IN (SELECT m.oid FROM mention m WHERE m.field IN ('funcid', 'aggfnoid', 'winfnoid'))
        OR f.prosqlbody IS NOT NULL AND f.oid IN (SELECT t.oid FROM tree t WHERE t.kind = 'body')
        OR f.prokind = 'f' AND (f.pronamespace IN (SELECT s.oid FROM in_scope s) OR n.nspname = 'auth')
            AND NOT EXISTS (
                SELECT 1 FROM of_extension e
                WHERE e.objid = f.oid AND e.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass)
), relation AS (
    SELECT m.oid FROM mention m WHERE m.field = 'relid'
    UNION SELECT t.oid FROM tree t WHERE t.kind IN ('using', 'check')
    UNION SELECT y.typrelid FROM mention m JOIN pg_catalog.pg_type y ON y.oid = m.oid
        WHERE m.field = 'funcresulttype' AND y.typrelid <> 0
)
SELECT 'type' AS kind, y.oid::bigint AS oid, '' AS schema, pg_catalog.format_type(y.oid, NULL) AS name,
    '{}'::text[] AS list, ARRAY[y.typrelid::bigint::text] AS detail, '' AS body
FROM pg_catalog.pg_type y
WHERE y.oid IN (
    SELECT m.oid FROM mention m
    WHERE m.field IN ('consttype', 'resulttype', 'paramtype', 'casetype', 'funcresulttype'))
UNION ALL
SELECT 'operator', o.oid::bigint, n.nspname, o.oprname, '{}', '{}', ''
FROM pg_catalog.pg_operator o
JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
WHERE o.oid IN (SELECT m.oid FROM mention m WHERE m.field = 'opno')
UNION ALL
SELECT 'relation', c.oid::bigint, n.nspname, c.relname,
    ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum),
    '{}', ''
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid IN (SELECT r.oid FROM relation r)
UNION ALL
SELECT 'routine', f.oid::bigint, f.nspname, f.proname,
    ARRAY(SELECT pg_catalog.format_type(a.type, NULL)
        FROM pg_catalog.unnest(f.proargtypes::oid[]) WITH ORDINALITY AS a (type, position) ORDER BY a.position),
    ARRAY[
        pg_catalog.format_type(f.prorettype, NULL),
        l.lanname::text,
        CASE f.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
        f.prosecdef::text] || coalesce(f.proconfig, '{}'),
    CASE WHEN f.nspname <> 'pg_catalog' AND f.prosqlbody IS NULL AND l.lanname NOT IN ('c', 'internal')
        THEN f.prosrc ELSE '' END
FROM routine f
JOIN pg_catalog.pg_language l ON l.oid = f.prolang
UNION ALL
SELECT t.kind, t.oid::bigint, t.schema, t.name, '{}', ARRAY[t.part], t.tree
FROM tree t
WHERE t.tree IS NOT NULL OR t.kind = 'using'
ORDER BY 1, 3, 4, 5, 6
