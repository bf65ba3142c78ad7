-- The record of what ran. It is nobody's but its owner's: what default privileges gave away is taken back.
CREATE SCHEMA IF NOT EXISTS trackpay_history;

CREATE TABLE trackpay_history.steps (
    place integer NOT NULL,
    step text NOT NULL,
    section integer NOT NULL,
    title text NOT NULL,
    file text NOT NULL,
    checksum text NOT NULL,
    parts integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    applied_by text NOT NULL,
    plugin_version text NOT NULL,
    CONSTRAINT steps_pkey PRIMARY KEY (step, section)
);

COMMENT ON SCHEMA trackpay_history IS 'What trackpay-maven-plugin applied to this database';
COMMENT ON COLUMN trackpay_history.steps.section IS '0 for a step without sections';
COMMENT ON COLUMN trackpay_history.steps.parts IS 'How much is done of a step with statements that cannot be in a transaction';
COMMENT ON COLUMN trackpay_history.steps.checksum IS 'SHA-256 of the text that ran';

DO $$
DECLARE
    other record;
BEGIN
    FOR other IN
        SELECT DISTINCT 'SCHEMA trackpay_history' AS object, held.grantee
        FROM pg_catalog.pg_namespace AS space, pg_catalog.aclexplode(space.nspacl) AS held
        WHERE space.nspname = 'trackpay_history' AND held.grantee <> space.nspowner
        UNION ALL
        SELECT DISTINCT 'TABLE trackpay_history.steps', held.grantee
        FROM pg_catalog.pg_class AS steps, pg_catalog.aclexplode(steps.relacl) AS held
        WHERE steps.oid = 'trackpay_history.steps'::pg_catalog.regclass AND held.grantee <> steps.relowner
    LOOP
        EXECUTE pg_catalog.format(
            'REVOKE ALL ON %s FROM %s',
            other.object,
            CASE other.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(other.grantee)) END);
    END LOOP;
END
$$;
