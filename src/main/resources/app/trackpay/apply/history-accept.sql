-- Both or neither: the text that counts from now on, and why.
WITH accepted AS (
    UPDATE trackpay_history.steps SET checksum = ?
    WHERE step = ? AND section = ? AND checksum = ?
    RETURNING step, section, file, checksum
)
INSERT INTO trackpay_history.changes
    (step, section, file, old_checksum, new_checksum, reason, accepted_at, accepted_by, plugin_version)
SELECT step, section, ?, ?, checksum, ?, pg_catalog.transaction_timestamp(), SESSION_USER, ?
FROM accepted
