-- What a login that is no superuser lacks for a rehearsal, a row each; none where it can make the stand-in as postgres, with the roles that are there.
WITH needed AS (
    SELECT 1 AS place, 'the server is PostgreSQL 14, where schema public belongs to the superuser' AS lack
    WHERE pg_catalog.current_setting('server_version_num')::integer < 150000
    UNION ALL
    SELECT 2, 'the roles ' || pg_catalog.string_agg(missing.name, ', ') || ' are not there, and only a superuser can make them all'
    FROM (
        SELECT name
        FROM pg_catalog.unnest(ARRAY['postgres', 'anon', 'authenticated', 'service_role', 'supabase_auth_admin',
            'supabase_storage_admin', 'supabase_realtime_admin', 'dashboard_user']) WITH ORDINALITY AS role (name, place)
        WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = name)
        ORDER BY place
    ) AS missing
    HAVING pg_catalog.count(*) > 0
    UNION ALL
    SELECT 3, pg_catalog.quote_ident(SESSION_USER) || ' may not become postgres (GRANT postgres TO ' || pg_catalog.quote_ident(SESSION_USER) || ')'
    FROM pg_catalog.pg_roles
    WHERE rolname = 'postgres' AND NOT rolsuper
      AND NOT pg_catalog.pg_has_role(SESSION_USER, oid,
          CASE WHEN pg_catalog.current_setting('server_version_num')::integer >= 160000 THEN 'SET' ELSE 'MEMBER' END)
    UNION ALL
    SELECT 4, 'postgres may not make databases (ALTER ROLE postgres CREATEDB)'
    FROM pg_catalog.pg_roles
    WHERE rolname = 'postgres' AND NOT rolsuper AND NOT rolcreatedb
    UNION ALL
    SELECT 5, 'postgres is a superuser there, which nobody should become for this'
    FROM pg_catalog.pg_roles
    WHERE rolname = 'postgres' AND rolsuper
)
SELECT lack FROM needed ORDER BY place
