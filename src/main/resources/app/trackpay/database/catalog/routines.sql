SELECT
    n.nspname AS schema,
    p.proname AS name,
    CASE p.prokind WHEN 'f' THEN 'function' WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'window' END AS kind,
    ARRAY(
        SELECT pg_catalog.format_type(u.type, NULL)
        FROM pg_catalog.unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u (type, position)
        ORDER BY u.position) AS argument_types,
    pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
    coalesce(pg_catalog.pg_get_function_result(p.oid), '') AS result,
    l.lanname AS language,
    CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END AS volatility,
    p.prosecdef AS security_definer,
    p.proleakproof AS leakproof,
    p.proisstrict AS strict,
    CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END AS parallel,
    p.proconfig AS settings,
    CASE
        WHEN p.prokind = 'a' THEN pg_catalog.concat_ws(', ',
            'SFUNC = ' || a.aggtransfn::text,
            'STYPE = ' || pg_catalog.format_type(a.aggtranstype, NULL),
            'FINALFUNC = ' || nullif(a.aggfinalfn::text, '-'),
            'COMBINEFUNC = ' || nullif(a.aggcombinefn::text, '-'),
            'INITCOND = ' || pg_catalog.quote_literal(a.agginitval),
            'MSFUNC = ' || nullif(a.aggmtransfn::text, '-'))
        WHEN p.prosqlbody IS NOT NULL THEN pg_catalog.pg_get_function_sqlbody(p.oid)
        WHEN p.probin IS NOT NULL THEN p.probin || ' ' || p.prosrc
        ELSE p.prosrc
    END AS body,
    pg_catalog.pg_get_userbyid(p.proowner) AS owner,
    coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))::text[] AS acl
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
LEFT JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
WHERE p.pronamespace IN (SELECT pg_catalog.unnest(pg_catalog.current_setting('trackpay.schemas')::oid[]))
    AND p.oid NOT IN (
        SELECT d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
            AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            AND d.deptype = 'e')
    -- the constructors of a range type come and go with it
    AND p.oid NOT IN (
        SELECT d.objid
        FROM pg_catalog.pg_depend d
        WHERE d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
            AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            AND d.deptype = 'i')
ORDER BY n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid) COLLATE "C"
