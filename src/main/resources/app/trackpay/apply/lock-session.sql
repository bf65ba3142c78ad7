-- The lock's connection does nothing for as long as the steps run: nobody may end it for that, and a client that is gone without
-- a word, with its machine, must be noticed.
SELECT
    pg_catalog.set_config('idle_session_timeout', '0', false),
    pg_catalog.set_config('tcp_keepalives_idle', '5', false),
    pg_catalog.set_config('tcp_keepalives_interval', '2', false),
    pg_catalog.set_config('tcp_keepalives_count', '2', false)
