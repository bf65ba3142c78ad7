-- How far ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY came.
SELECT
    pg_catalog.to_regclass(?) IS NOT NULL AS there,
    pg_catalog.count(*) > 0 AS attached,
    coalesce(pg_catalog.bool_or(link.inhdetachpending), false) AS pending
FROM pg_catalog.pg_inherits AS link
WHERE link.inhrelid = pg_catalog.to_regclass(?) AND link.inhparent = pg_catalog.to_regclass(?)
