-- The record is nobody's but its owner's: what default privileges gave away is taken back.
DO $$
DECLARE
    other record;
BEGIN
    FOR other IN
        SELECT DISTINCT 'SCHEMA trackpay_history' AS object, held.grantee
        FROM pg_catalog.pg_namespace AS space, pg_catalog.aclexplode(space.nspacl) AS held
        WHERE space.nspname = 'trackpay_history' AND held.grantee <> space.nspowner
        UNION ALL
        SELECT DISTINCT pg_catalog.format('TABLE trackpay_history.%I', kept.relname), held.grantee
        FROM pg_catalog.pg_class AS kept, pg_catalog.aclexplode(kept.relacl) AS held
        WHERE kept.relnamespace = 'trackpay_history'::pg_catalog.regnamespace
            AND kept.relkind = 'r'
            AND held.grantee <> kept.relowner
    LOOP
        EXECUTE pg_catalog.format(
            'REVOKE ALL ON %s FROM %s',
            other.object,
            CASE other.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(other.grantee)) END);
    END LOOP;
END
$$;
