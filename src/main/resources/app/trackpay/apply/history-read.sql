-- A history of an earlier form lacks the last columns, and only reading must not change it.
SELECT
    place,
    step,
    section,
    file,
    checksum,
    parts,
    started_at,
    finished_at,
    applied_by,
    plugin_version,
    pg_catalog.to_jsonb(kept) ->> 'attempt' AS attempt,
    (pg_catalog.to_jsonb(kept) ->> 'attempt_failed')::pg_catalog.bool AS attempt_failed,
    pg_catalog.to_jsonb(kept) ->> 'evidence' AS evidence
FROM trackpay_history.steps AS kept
ORDER BY place, section
