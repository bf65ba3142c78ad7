-- Who holds the lock; what a reader may not see of others is null.
SELECT held.pid, activity.application_name, activity.backend_start
FROM pg_catalog.pg_locks AS held
LEFT JOIN pg_catalog.pg_stat_activity AS activity ON activity.pid = held.pid
WHERE held.locktype = 'advisory'
    AND held.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
    AND held.classid::pg_catalog.int8 = (?::pg_catalog.int8 >> 32) & 4294967295
    AND held.objid::pg_catalog.int8 = ?::pg_catalog.int8 & 4294967295
    AND held.objsubid = 1
    AND held.granted
