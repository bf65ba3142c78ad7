-- A step that is in the database and was not run from here.
INSERT INTO trackpay_history.steps
    (place, step, section, title, file, checksum, parts, started_at, finished_at, applied_by, plugin_version, evidence)
VALUES
    (?, ?, ?, ?, ?, ?, ?, pg_catalog.transaction_timestamp(), pg_catalog.transaction_timestamp(), SESSION_USER, ?, ?)
