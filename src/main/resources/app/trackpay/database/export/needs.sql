-- The tables of an export and all that they cannot be made without. What PostgreSQL itself, the platform or an extension brings is left
-- out; so are policies and publications, which belong to a table and are told apart by the archive's own list.
WITH RECURSIVE
left_out AS (
    SELECT pg_catalog.unnest(?::text[]) AS schema
),
wanted (class, object) AS (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid, c.oid
    FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[])) AS asked (schema, name)
    JOIN pg_catalog.pg_namespace n ON n.nspname = asked.schema
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = asked.name AND c.relkind IN ('r', 'p', 'f')
    UNION
    SELECT near.class, near.object
    FROM wanted w
    CROSS JOIN LATERAL (
        -- what goes with it: defaults, constraints, indexes, triggers, rules, the sequences that it owns
        SELECT d.classid, d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = w.class AND d.refobjid = w.object AND d.deptype IN ('a', 'i')
            AND d.classid NOT IN (
                'pg_catalog.pg_policy'::pg_catalog.regclass, 'pg_catalog.pg_publication_rel'::pg_catalog.regclass)
        UNION
        -- what it needs; another table is not made for the sake of a key that leads to it
        SELECT d.refclassid, d.refobjid
        FROM pg_catalog.pg_depend d
        LEFT JOIN pg_catalog.pg_class c ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = d.refobjid
        WHERE d.classid = w.class AND d.objid = w.object AND d.deptype IN ('n', 'a', 'i')
            AND d.refclassid <> 'pg_catalog.pg_namespace'::pg_catalog.regclass
            AND (c.oid IS NULL OR c.relkind IN ('S', 'c'))
        UNION
        -- what a body written as text calls is nowhere recorded, so every function of that name counts
        SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass::oid, called.oid
        FROM pg_catalog.pg_proc f
        JOIN pg_catalog.pg_proc called ON called.oid <> f.oid
            AND called.oid >= 16384
            AND f.prosrc ~ ('\m' || pg_catalog.regexp_replace(called.proname, '(\W)', '\\\1', 'g') || '"?\s*\(')
        WHERE w.class = 'pg_catalog.pg_proc'::pg_catalog.regclass AND f.oid = w.object
    ) AS near (class, object)
    WHERE near.object >= 16384
        AND NOT EXISTS (
            SELECT 1 FROM pg_catalog.pg_depend e
            WHERE e.classid = near.class AND e.objid = near.object AND e.deptype = 'e')
        AND coalesce((pg_catalog.pg_identify_object(near.class, near.object, 0)).schema, '') NOT IN (SELECT schema FROM left_out)
)
SELECT
    w.class,
    w.object,
    called.type AS kind,
    -- these two come quoted where they need it
    coalesce((pg_catalog.parse_ident(called.schema))[1], '') AS schema,
    coalesce((pg_catalog.parse_ident(called.name))[1], '') AS name,
    called.identity AS identity
FROM wanted w
CROSS JOIN LATERAL pg_catalog.pg_identify_object(w.class, w.object, 0) AS called
ORDER BY called.type, called.identity
