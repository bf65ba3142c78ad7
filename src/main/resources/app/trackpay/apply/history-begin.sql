-- First in the transaction: whoever else tries the same step waits here, then fails.
INSERT INTO trackpay_history.steps (place, step, section, title, file, checksum, parts, started_at, applied_by, plugin_version, attempt)
VALUES (?, ?, ?, ?, ?, ?, 0, pg_catalog.transaction_timestamp(), SESSION_USER, ?, ?)
