SELECT
    pg_catalog.current_setting('server_version_num')::integer AS version_number,
    pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1) AS version,
    pg_catalog.current_database() AS database,
    CURRENT_USER AS "user",
    pg_catalog.pg_is_in_recovery() AS in_recovery
