-- Whether something that CREATE and DROP take outside transactions is there.
SELECT CASE ?
    WHEN 'INDEX' THEN pg_catalog.to_regclass(?) IS NOT NULL
    WHEN 'DATABASE' THEN EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = ?)
    WHEN 'TABLESPACE' THEN EXISTS (SELECT FROM pg_catalog.pg_tablespace WHERE spcname = ?)
    WHEN 'SUBSCRIPTION' THEN EXISTS (
        SELECT FROM pg_catalog.pg_subscription
        WHERE subname = ?
            AND subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()))
END
