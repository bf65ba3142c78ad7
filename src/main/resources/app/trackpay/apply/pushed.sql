-- What the Supabase CLI wrote down when it pushed; early versions of it kept no name and no statements.
SELECT
    pg_catalog.to_jsonb(pushed) ->> 'version' AS version,
    pg_catalog.to_jsonb(pushed) ->> 'name' AS name,
    CASE
        WHEN pg_catalog.jsonb_typeof(pg_catalog.to_jsonb(pushed) -> 'statements') = 'array'
        THEN (
            SELECT pg_catalog.string_agg(statement, E';\n' ORDER BY place)
            FROM pg_catalog.jsonb_array_elements_text(pg_catalog.to_jsonb(pushed) -> 'statements')
                WITH ORDINALITY AS listed (statement, place))
    END AS statements
FROM supabase_migrations.schema_migrations AS pushed
ORDER BY 1
