-- Databases that rehearsals made before a point in time, which their names tell, and that nobody is connected to.
SELECT d.datname
FROM pg_catalog.pg_database AS d
WHERE d.datname ~ '^trackpay_rehearsal_[0-9]{14}_[0-9a-f]{8}$'
  AND pg_catalog.split_part(d.datname::text, '_', 3) < ?
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity AS a WHERE a.datid = d.oid)
ORDER BY d.datname
