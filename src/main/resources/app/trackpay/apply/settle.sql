-- What a step left for the end of its transaction is asked now; then each constraint waits again as it was made to.
DO $settle$
DECLARE
    askable text;
    waiting text;
BEGIN
    SELECT
        pg_catalog.string_agg(DISTINCT pg_catalog.format('%I.%I', space.nspname, rule.conname), ', '),
        pg_catalog.string_agg(DISTINCT pg_catalog.format('%I.%I', space.nspname, rule.conname), ', ') FILTER (WHERE rule.condeferred)
    INTO askable, waiting
    FROM pg_catalog.pg_constraint AS rule
    JOIN pg_catalog.pg_namespace AS space ON space.oid = rule.connamespace
    WHERE rule.condeferrable
        AND pg_catalog.has_schema_privilege(space.oid, 'USAGE')
        AND (NOT pg_catalog.starts_with(space.nspname::text, 'pg_') OR space.oid = pg_catalog.pg_my_temp_schema());
    IF askable IS NOT NULL THEN
        EXECUTE 'SET CONSTRAINTS ' || askable || ' IMMEDIATE';
    END IF;
    IF waiting IS NOT NULL THEN
        EXECUTE 'SET CONSTRAINTS ' || waiting || ' DEFERRED';
    END IF;
END
$settle$
