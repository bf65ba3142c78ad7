SELECT 'constraint ' || c.relname || '.' || con.conname, pg_catalog.pg_get_constraintdef(con.oid)
FROM pg_catalog.pg_constraint con
JOIN pg_catalog.pg_class c ON c.oid = con.conrelid
WHERE con.connamespace = 'keys'::pg_catalog.regnamespace
    AND (con.contype <> 'n' OR NOT con.convalidated)
    AND (con.contype <> 'f' OR con.conparentid = 0)
UNION ALL
SELECT 'index ' || c.relname, pg_catalog.pg_get_indexdef(c.oid)
FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'keys'::pg_catalog.regnamespace AND c.relkind IN ('i', 'I')
