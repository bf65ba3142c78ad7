UPDATE trackpay_history.steps
SET parts = ?,
    checksum = ?,
    finished_at = CASE WHEN ? THEN pg_catalog.clock_timestamp() END,
    attempt = NULL,
    attempt_failed = false
WHERE step = ? AND section = ?
