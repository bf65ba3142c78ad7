-- Last in the transaction: one row, whole at once. Whoever else ran the same step waits here, then fails with all it did.
INSERT INTO trackpay_history.steps
    (place, step, section, title, file, checksum, parts, started_at, finished_at, applied_by, plugin_version)
VALUES
    (?, ?, ?, ?, ?, ?, ?, pg_catalog.transaction_timestamp(), CASE WHEN ? THEN pg_catalog.clock_timestamp() END, SESSION_USER, ?)
