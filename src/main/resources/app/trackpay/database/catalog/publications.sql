SELECT
    p.pubname AS name,
    pg_catalog.pg_get_userbyid(p.pubowner) AS owner,
    p.puballtables AS all_tables,
    p.pubinsert AS passes_insert,
    p.pubupdate AS passes_update,
    p.pubdelete AS passes_delete,
    p.pubtruncate AS passes_truncate,
    p.pubviaroot AS via_root
FROM pg_catalog.pg_publication p
ORDER BY p.pubname
