-- As with the first part: only one applier gets past here.
UPDATE trackpay_history.steps SET place = ?, title = ?, file = ?, attempt = nullif(?, ''), attempt_failed = false
WHERE step = ? AND section = ? AND parts = ? AND finished_at IS NULL
