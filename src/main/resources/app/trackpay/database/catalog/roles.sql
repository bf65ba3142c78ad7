-- Of the settings the one for this database wins, as it does when the role logs in.
SELECT
    r.rolname AS name,
    r.rolsuper AS superuser,
    r.rolinherit AS inherit,
    r.rolcreaterole AS create_role,
    r.rolcreatedb AS create_database,
    r.rolcanlogin AS login,
    r.rolreplication AS replication,
    r.rolbypassrls AS bypass_rls,
    r.rolconnlimit AS connection_limit,
    r.rolvaliduntil::text AS valid_until,
    setting.list AS settings
FROM pg_catalog.pg_roles r
LEFT JOIN (
    SELECT s.setrole, pg_catalog.array_agg(s.setting ORDER BY s.name) AS list
    FROM (
        SELECT DISTINCT ON (g.setrole, name) g.setrole, pg_catalog.split_part(u.setting, '=', 1) AS name, u.setting
        FROM pg_catalog.pg_db_role_setting g, pg_catalog.unnest(g.setconfig) AS u (setting)
        WHERE g.setrole <> 0
            AND g.setdatabase IN (0, (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()))
        ORDER BY g.setrole, name, g.setdatabase DESC
    ) s
    GROUP BY s.setrole
) setting ON setting.setrole = r.oid
WHERE r.rolname !~ '^pg_'
ORDER BY r.rolname
