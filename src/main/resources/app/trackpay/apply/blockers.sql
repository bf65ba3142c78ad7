-- Whom a session waits for, the one that has been at it longest first; what a reader may not see of others is null.
SELECT
    blocker.pid,
    activity.application_name,
    activity.usename AS username,
    activity.state,
    coalesce(activity.xact_start, activity.query_start, activity.backend_start) AS since,
    activity.query
FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(?)) AS blocker (pid)
LEFT JOIN pg_catalog.pg_stat_activity AS activity ON activity.pid = blocker.pid
ORDER BY since NULLS LAST, blocker.pid
