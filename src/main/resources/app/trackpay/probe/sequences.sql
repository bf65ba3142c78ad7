-- What a sequence gave out stays given out, whatever is rolled back; unless the savepoint wrote the sequence anew, which setting its cache to
-- what it is does: then it comes back as it was. Only sequences that this transaction made, which nobody else can be waiting for.
DO $sequences$
DECLARE
    made record;
BEGIN
    FOR made IN
        SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, s.seqcache
        FROM pg_catalog.pg_sequence s
        JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE pg_catalog.age(c.xmin) <= pg_catalog.age(pg_catalog.pg_current_xact_id()::xid)
            AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
    LOOP
        EXECUTE pg_catalog.format('ALTER SEQUENCE %s CACHE %s', made.name, made.seqcache);
    END LOOP;
END
$sequences$
