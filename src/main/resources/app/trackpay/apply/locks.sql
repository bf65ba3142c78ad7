-- The locks on relations that this transaction holds by now.
SELECT held.relation, held.mode
FROM pg_catalog.pg_locks AS held
WHERE held.pid = pg_catalog.pg_backend_pid()
    AND held.locktype = 'relation'
    AND held.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
    AND held.granted
ORDER BY held.relation, held.mode
