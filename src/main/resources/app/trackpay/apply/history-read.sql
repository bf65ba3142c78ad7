SELECT place, step, section, file, checksum, parts, started_at, finished_at, applied_by, plugin_version
FROM trackpay_history.steps
ORDER BY place, section
