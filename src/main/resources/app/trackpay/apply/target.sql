-- What apply must know before it begins.
SELECT
    pg_catalog.pg_is_in_recovery() AS replica,
    pg_catalog.current_setting('default_transaction_read_only')::pg_catalog.bool AS read_only,
    pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS may_create,
    CURRENT_USER AS username,
    pg_catalog.pg_backend_pid() AS pid,
    pg_catalog.current_database() AS database
