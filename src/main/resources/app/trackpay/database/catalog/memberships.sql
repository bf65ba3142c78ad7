-- 16 keeps the options with each grant of membership; before, inheriting was the member's own attribute and SET ROLE was always
-- allowed. The database's owner is a member of pg_database_owner without any row that says so.
SELECT
    m.rolname AS member,
    g.rolname AS role,
    pg_catalog.bool_or(a.admin_option) AS admin,
    pg_catalog.bool_or(coalesce((pg_catalog.to_jsonb(a) ->> 'inherit_option')::boolean, m.rolinherit)) AS inherit,
    pg_catalog.bool_or(coalesce((pg_catalog.to_jsonb(a) ->> 'set_option')::boolean, true)) AS set
FROM pg_catalog.pg_auth_members a
JOIN pg_catalog.pg_roles m ON m.oid = a.member
JOIN pg_catalog.pg_roles g ON g.oid = a.roleid
WHERE m.rolname !~ '^pg_'
GROUP BY m.rolname, g.rolname
UNION ALL
SELECT pg_catalog.pg_get_userbyid(d.datdba), 'pg_database_owner', false, true, true
FROM pg_catalog.pg_database d
WHERE d.datname = pg_catalog.current_database()
ORDER BY 1, 2
