-- As if the step had not run: only in a transaction that is rolled back.
DELETE FROM trackpay_history.steps WHERE step = ?
