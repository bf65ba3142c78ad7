-- The indexes of a table that may come from a CREATE INDEX CONCURRENTLY, beside the same index on an empty copy of the table.
SELECT
    pg_catalog.format('%I.%I', space.nspname, own.relname) AS name,
    own_index.indisvalid AS valid,
    own_index.indisunique = copy_index.indisunique
        AND pg_catalog.substr(own_text, pg_catalog.strpos(own_text, ' USING '))
            = pg_catalog.substr(copy_text, pg_catalog.strpos(copy_text, ' USING ')) AS same,
    own_text AS definition,
    (
        SELECT pg_catalog.min(building.pid)
        FROM pg_catalog.pg_stat_progress_create_index AS building
        WHERE building.datid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
            AND building.pid <> pg_catalog.pg_backend_pid()
            -- of other roles' sessions only the pid may be visible, but their locks are
            AND (
                building.index_relid = own_index.indexrelid
                OR building.relid IS NULL
                    AND EXISTS (
                        SELECT FROM pg_catalog.pg_locks AS held
                        WHERE held.pid = building.pid AND held.locktype = 'relation' AND held.relation = own_index.indrelid)
            )
    ) AS builder
FROM pg_catalog.pg_index AS own_index
JOIN pg_catalog.pg_class AS own ON own.oid = own_index.indexrelid
JOIN pg_catalog.pg_namespace AS space ON space.oid = own.relnamespace
CROSS JOIN pg_catalog.pg_index AS copy_index
JOIN pg_catalog.pg_class AS copy ON copy.oid = copy_index.indexrelid
CROSS JOIN LATERAL pg_catalog.pg_get_indexdef(own_index.indexrelid) AS own_text
CROSS JOIN LATERAL pg_catalog.pg_get_indexdef(copy_index.indexrelid) AS copy_text
WHERE own_index.indrelid = ?::pg_catalog.oid
    AND copy_index.indrelid = pg_catalog.to_regclass(?)
    -- a name that the server chooses gets a number where it is taken
    AND (own.relname = copy.relname OR ? AND pg_catalog.regexp_replace(own.relname, '[0-9]+$', '') = copy.relname)
ORDER BY same DESC, valid, own.relname
