-- Whether a subscription of this database takes what a publication gives.
SELECT ? = ANY (subpublications)
FROM pg_catalog.pg_subscription
WHERE subname = ?
    AND subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
