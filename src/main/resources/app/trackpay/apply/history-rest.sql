-- Behind history-create.sql and history-upgrade.sql: what a new history and one of an earlier form get alike.
COMMENT ON COLUMN trackpay_history.steps.attempt IS
    'The statement outside a transaction that was begun and is not known to have ended';
COMMENT ON COLUMN trackpay_history.steps.attempt_failed IS 'The server refused that statement; it may have left something behind';
COMMENT ON COLUMN trackpay_history.steps.evidence IS
    'Set for a step that was adopted instead of run: what was found in the database';

CREATE TABLE IF NOT EXISTS trackpay_history.changes (
    step text NOT NULL,
    section integer NOT NULL,
    file text NOT NULL,
    old_checksum text NOT NULL,
    new_checksum text NOT NULL,
    reason text NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    accepted_by text NOT NULL,
    plugin_version text NOT NULL
);

COMMENT ON TABLE trackpay_history.changes IS 'Files that changed after they were applied, and why that was accepted';

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
