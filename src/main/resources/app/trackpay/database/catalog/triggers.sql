-- What a partition copies from its parent is left out, unless it was switched on or off there. On the platform's own tables those
-- that call a function of another schema were made by a user.
SELECT
    n.nspname AS schema,
    c.relname AS relation,
    t.tgname AS name,
    t.tgenabled AS enabled,
    pn.nspname AS function_schema,
    p.proname AS function_name,
    pg_catalog.pg_get_triggerdef(t.oid) AS definition
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace
LEFT JOIN pg_catalog.pg_trigger parent ON parent.oid = t.tgparentid
WHERE ((NOT t.tgisinternal AND t.tgparentid = 0)
        OR (t.tgparentid <> 0 AND t.tgconstraint = 0 AND t.tgenabled <> parent.tgenabled))
    AND (c.relnamespace IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.schemas')::oid[]))
        OR (c.relnamespace IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.platform')::oid[]))
            AND p.pronamespace <> c.relnamespace))
    AND c.oid NOT IN (
        SELECT d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.deptype = 'e')
ORDER BY n.nspname, c.relname, t.tgname
