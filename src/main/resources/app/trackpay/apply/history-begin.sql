-- Before a statement that cannot be in a transaction: whoever else tries the same step waits here, then fails. Who does not hold the lock
-- of those who run steps does nothing.
INSERT INTO trackpay_history.steps (place, step, section, title, file, checksum, parts, started_at, applied_by, plugin_version, attempt)
SELECT ?, ?, ?, ?, ?, ?, 0, pg_catalog.transaction_timestamp(), SESSION_USER, ?, nullif(?, '')
WHERE pg_catalog.pg_try_advisory_lock(?)
