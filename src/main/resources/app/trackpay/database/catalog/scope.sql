-- Decides once what is looked at; every other query reads the answer.
-- In, as arrays of names: trackpay.only_schemas (none: all), trackpay.without_schemas. Out, as arrays of OIDs:
--   trackpay.schemas         the schemas in scope
--   trackpay.user_schemas    every schema that is not the system's own
--   trackpay.relations       relations outside of the scope that something in it leads to, or that carry a user's policy
--   trackpay.platform        the schemas in which users may put policies and triggers on tables they do not own
WITH user_schema AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
), in_scope AS (
    SELECT u.oid
    FROM user_schema u
    WHERE (pg_catalog.current_setting('trackpay.only_schemas') = '{}'
            OR u.nspname = ANY (pg_catalog.current_setting('trackpay.only_schemas')::name[]))
        AND u.nspname <> ALL (pg_catalog.current_setting('trackpay.without_schemas')::name[])
), platform AS (
    SELECT u.oid FROM user_schema u WHERE u.nspname IN ('auth', 'storage', 'realtime')
), linked AS (
    SELECT f.conrelid AS oid FROM pg_catalog.pg_constraint f WHERE f.contype = 'f'
    UNION SELECT f.confrelid FROM pg_catalog.pg_constraint f WHERE f.contype = 'f'
    UNION SELECT p.polrelid FROM pg_catalog.pg_policy p
    UNION SELECT r.prrelid FROM pg_catalog.pg_publication_rel r
    UNION SELECT t.tgrelid FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal
)
SELECT
    pg_catalog.set_config('trackpay.schemas', ARRAY(SELECT s.oid FROM in_scope s)::text, true),
    pg_catalog.set_config('trackpay.user_schemas', ARRAY(SELECT u.oid FROM user_schema u)::text, true),
    pg_catalog.set_config('trackpay.platform', ARRAY(SELECT p.oid FROM platform p)::text, true),
    pg_catalog.set_config('trackpay.relations', ARRAY(
        SELECT c.oid
        FROM linked l
        JOIN pg_catalog.pg_class c ON c.oid = l.oid
        WHERE c.relnamespace IN (SELECT u.oid FROM user_schema u)
            AND c.relnamespace NOT IN (SELECT s.oid FROM in_scope s))::text, true)
