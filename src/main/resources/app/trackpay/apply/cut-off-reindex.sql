-- What REINDEX CONCURRENTLY leaves when it does not end: the new index, or the old one under another name; both are invalid.
SELECT
    pg_catalog.format('%I.%I', space.nspname, own.relname) AS name,
    (
        SELECT pg_catalog.min(building.pid)
        FROM pg_catalog.pg_stat_progress_create_index AS building
        WHERE building.datid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
            AND building.pid <> pg_catalog.pg_backend_pid()
            AND EXISTS (
                SELECT FROM pg_catalog.pg_locks AS held
                WHERE held.pid = building.pid AND held.locktype = 'relation' AND held.relation = left_over.indrelid)
    ) AS builder
FROM pg_catalog.pg_index AS left_over
JOIN pg_catalog.pg_class AS own ON own.oid = left_over.indexrelid
JOIN pg_catalog.pg_namespace AS space ON space.oid = own.relnamespace
WHERE NOT left_over.indisvalid
    AND own.relname ~ '_cc(new|old)[0-9]*$'
    AND space.nspname <> 'pg_toast'
    AND CASE ?
        WHEN 'INDEX' THEN left_over.indrelid IN (
            SELECT indrelid FROM pg_catalog.pg_index
            WHERE indexrelid = pg_catalog.to_regclass(?)
                OR indexrelid IN (SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?))))
        WHEN 'TABLE' THEN left_over.indrelid = pg_catalog.to_regclass(?)
            OR left_over.indrelid IN (SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)))
        WHEN 'SCHEMA' THEN space.oid = pg_catalog.to_regnamespace(?)
        ELSE true
    END
ORDER BY own.relname
