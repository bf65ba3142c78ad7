-- For each sequence that may be read and set, the query that answers where it stands.
SELECT
    pg_catalog.format(
        'SELECT %L AS name, last_value, is_called FROM %I.%I',
        pg_catalog.format('%I.%I', space.nspname, sequence.relname),
        space.nspname,
        sequence.relname) AS query
FROM pg_catalog.pg_class AS sequence
JOIN pg_catalog.pg_namespace AS space ON space.oid = sequence.relnamespace
WHERE sequence.relkind = 'S'
    AND sequence.relpersistence <> 't'
    AND pg_catalog.has_schema_privilege(space.oid, 'USAGE')
    AND pg_catalog.has_table_privilege(sequence.oid, 'SELECT')
    AND pg_catalog.has_table_privilege(sequence.oid, 'UPDATE')
ORDER BY space.nspname, sequence.relname
