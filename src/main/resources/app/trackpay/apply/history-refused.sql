-- A statement that the server refused before it made anything left nothing to look for.
UPDATE trackpay_history.steps
SET attempt = CASE WHEN ? THEN attempt END, attempt_failed = true
WHERE step = ? AND section = ?
