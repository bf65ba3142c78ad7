-- A killed client's statement must not run on: the server looks every second whether the client is still there (only Linux can,
-- elsewhere the setting is an error), and asks a silent network after five. The advisory lock says that somebody works here; it
-- outlives the client until the server has noticed. No row where somebody else does.
SELECT
    CASE
        WHEN pg_catalog.version() ~ 'linux'
        THEN pg_catalog.set_config('client_connection_check_interval', '1000', false)
    END,
    pg_catalog.set_config('application_name', ?, false),
    pg_catalog.set_config('tcp_keepalives_idle', '5', false),
    pg_catalog.set_config('tcp_keepalives_interval', '2', false),
    pg_catalog.set_config('tcp_keepalives_count', '2', false)
WHERE pg_catalog.pg_try_advisory_lock(?)
