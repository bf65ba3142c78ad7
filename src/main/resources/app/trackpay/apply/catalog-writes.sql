-- How often this session has written to the catalog: within a transaction the number only grows. NULL where the server does not count.
SELECT
    CASE
        WHEN pg_catalog.current_setting('track_counts')::pg_catalog.bool
        THEN pg_catalog.sum(
            pg_catalog.pg_stat_get_xact_tuples_inserted(catalog.oid)
            + pg_catalog.pg_stat_get_xact_tuples_updated(catalog.oid)
            + pg_catalog.pg_stat_get_xact_tuples_deleted(catalog.oid))::pg_catalog.int8
    END AS writes
FROM pg_catalog.pg_class AS catalog
WHERE catalog.relnamespace = 'pg_catalog'::pg_catalog.regnamespace AND catalog.relkind = 'r'
